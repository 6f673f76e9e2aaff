// The load test's shape for people who stay with k6: generate, fund, create channels, send, poll.
//   k6 run -e ACTIVE=10 -e PASSIVE=40 conf/k6/messaging.js         (the service must run: make run)
// Same routes, headers and metric names as 'make load'; no retries, no idempotency keys, no check of what arrived.
import exec from 'k6/execution';
import http from 'k6/http';
import { check, sleep } from 'k6';
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';

const BASE = __ENV.PROVISIONING_API_URL || 'http://127.0.0.1:4321';
const ACTIVE = Number(__ENV.ACTIVE || 10);
const PASSIVE = Number(__ENV.PASSIVE || 40);
const DURATION = __ENV.DURATION || '1m';
const ACTIVE_PER_CHANNEL = 2;
const PASSIVE_PER_CHANNEL = 8;
const JSON_HEADERS = { headers: { 'Content-Type': 'application/json' } };

const createLatency = new Trend('createChannel_latency', true);
const sendLatency = new Trend('sendMessage_latency', true);
const pollLatency = new Trend('fetchChannelMessagesByTableId_latency', true);
const sendErrors = new Rate('errorRate_sendMessage');
const pollErrors = new Rate('errorRate_fetchMessagesByTableId');
const sendGas = new Gauge('sendMessage_gas');
const messagesSent = new Counter('messages_sent');

export const options = {
  setupTimeout: '10m',
  scenarios: {
    active: { executor: 'ramping-vus', exec: 'active', stages: [{ duration: '20s', target: ACTIVE }, { duration: DURATION, target: ACTIVE }] },
    passive: {
      executor: 'ramping-vus', exec: 'passive', startTime: '10s',
      stages: [{ duration: '10s', target: PASSIVE }, { duration: DURATION, target: PASSIVE }],
    },
  },
  thresholds: {
    http_req_failed: ['rate<0.01'],
    createChannel_latency: ['p(95)<5000'],
    sendMessage_latency: ['p(95)<4000'],
    fetchChannelMessagesByTableId_latency: ['p(95)<1000'],
  },
};

function users(variant, count) {
  http.post(`${BASE}/users/generate/${variant}?count=${count}`, null, JSON_HEADERS);
  return http.get(`${BASE}/users/with-secrets?variant=${variant}&limit=${count}`).json('items');
}

export function setup() {
  const active = users('active', ACTIVE);
  const passive = users('passive', PASSIVE);
  // Without an account here the service pays from its own, which the embedded network's has.
  http.post(`${BASE}/users/fund`, JSON.stringify({ amount_per_user: 2000000000 }), { headers: JSON_HEADERS.headers, timeout: '120s' });
  const count = Math.max(Math.ceil(ACTIVE / ACTIVE_PER_CHANNEL), Math.ceil(PASSIVE / PASSIVE_PER_CHANNEL));
  // Flat lists of what an iteration needs: k6 keeps a copy for each virtual user.
  const data = { senders: [], tables: [] };
  for (let i = 0; i < count; i++) {
    const senders = active.filter((_, n) => n % count === i);
    const readers = passive.filter((_, n) => n % count === i);
    if (senders.length === 0) throw new Error(`${ACTIVE} active users cannot give each of ${count} channels one`);
    const channel = create(i, senders, readers);
    const caps = Object.fromEntries(channel.memberCaps.map((cap) => [cap.address, cap.memberCapId]));
    data.tables.push(channel.messagesTableId);
    senders.forEach((user) => data.senders.push({ channel: channel.channelId, secret: user.secret_key, cap: caps[user.sui_address] }));
  }
  return data;
}

function create(number, senders, readers) {
  const members = senders.slice(1).concat(readers).map((user) => user.sui_address);
  const body = { secret_key: senders[0].secret_key, channel_name: `k6 ${number}`, initial_members: members };
  const response = http.post(`${BASE}/contract/channel`, JSON.stringify(body), JSON_HEADERS);
  if (response.status !== 200) throw new Error(`channel ${number}: ${response.status} ${response.body}`);
  createLatency.add(Number(response.headers['X-Contract-Duration'] || response.headers['X-Internal-Duration']));
  return response.json('channel');
}

// In turn over all: virtual users are numbered through both scenarios, so by their numbers some would get two senders and some none.
function next(all) {
  return all[exec.scenario.iterationInTest % all.length];
}

export function active(data) {
  const sender = next(data.senders);
  const message = `k6 ${exec.scenario.iterationInTest}`;
  const body = { secret_key: sender.secret, channel_id: sender.channel, member_cap_id: sender.cap, message };
  const response = http.post(`${BASE}/contract/channel/message`, JSON.stringify(body), JSON_HEADERS);
  sendErrors.add(response.status !== 200);
  if (check(response, { 'message sent': (r) => r.status === 200 })) {
    messagesSent.add(1);
    sendLatency.add(Number(response.headers['X-Contract-Duration'] || response.headers['X-Internal-Duration']));
    sendGas.add(Number(response.headers['X-Gas-Cost']));
  }
  sleep(4 + Math.random() * 6);
}

export function passive(data) {
  const response = http.get(`${BASE}/contract/messages/table/${next(data.tables)}?limit=10`);
  pollErrors.add(response.status !== 200);
  if (response.status === 200) pollLatency.add(Number(response.headers['X-Contract-Duration'] || response.headers['X-Internal-Duration']));
  sleep(2);
}
