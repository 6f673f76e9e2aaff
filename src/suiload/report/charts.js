"use strict";
// Draws a run's charts, from data in the page (report) or from server-sent events (dashboard). Needs uPlot and nothing else.
(function () {
  const HEIGHT = 220;
  const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
  const percentiles = (name) => [[name + "_p50", "p50"], [name + "_p95", "p95"], [name + "_p99", "p99"]];

  // What is drawn: a series is [column, label]; a prefix takes every column that begins with it.
  const PANELS = [
    {id: "requests", title: "Request latency", unit: "ms", series: percentiles("http_req_duration")},
    {id: "e2e", title: "From planned start, with waits and retries", unit: "ms", series: percentiles("http_req_e2e")},
    {id: "send", title: "Sending a message", unit: "ms", series: percentiles("sendMessage_latency")},
    {id: "poll", title: "Polling a channel", unit: "ms", series: percentiles("fetchChannelMessagesByTableId_latency")},
    {id: "delivery", title: "Delivery: from accepted to seen", unit: "ms", series: percentiles("message_delivery_latency")},
    {id: "schedule", title: "Driver's lateness against its plan", unit: "ms", series: percentiles("schedule_delay")},
    {id: "throughput", title: "Throughput", unit: "per second", series: [["requests_per_second", "requests"],
      ["messages_sent_per_second", "messages sent"], ["messages_seen_per_second", "messages seen"]]},
    {id: "users", title: "Users", unit: "", stepped: true, series: [["users_active", "active"], ["users_passive", "passive"]]},
    {id: "errors", title: "Errors, resets and retries by cause", unit: "per second", prefix: "errors:",
      series: [["failed_per_second", "failed requests"], ["resets_per_second", "resets"], ["retries_per_second", "retries"]]},
    {id: "node", title: "Node calls", unit: "per second", series: [["node_calls_per_second", "calls"]]},
    {id: "cpu", title: "Processor", unit: "% of one", series: [["server_cpu", "server"], ["driver_cpu", "driver"]]},
    {id: "memory", title: "Memory", unit: "bytes", series: [["server_rss", "server"], ["driver_rss", "driver"]]},
    {id: "sockets", title: "Connections", unit: "", series: [["server_connections", "server, open"], ["driver_sockets", "driver, open"]]},
  ];

  const state = {errors: 0, timeline: null, plots: new Map(), live: false};
  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function number(value, unit) {
    if (value == null) return "";
    if (unit === "ms") return value >= 1000 ? trim(value / 1000) + " s" : trim(value) + " ms";
    if (unit === "bytes") return value >= 1e9 ? trim(value / 1e9) + " GB" : trim(value / 1e6) + " MB";
    return unit.startsWith("%") ? trim(value) + " %" : trim(value);
  }

  function trim(value) {
    const size = Math.abs(value);
    return String(Number(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2)));
  }

  function clock(second) {
    const whole = Math.round(second);
    return whole < 60 ? whole + " s" : Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
  }

  // The series of a panel that the run has data for.
  function present(panel) {
    const columns = state.timeline.columns;
    const found = panel.series.filter(([column]) => columns[column]);
    if (panel.prefix) {
      for (const column of Object.keys(columns)) {
        if (column.startsWith(panel.prefix)) found.push([column, column.slice(panel.prefix.length)]);
      }
    }
    return found;
  }

  function figure(panel) {
    let box = document.getElementById("chart-" + panel.id);
    if (box) return box;
    box = document.createElement("figure");
    box.id = "chart-" + panel.id;
    box.className = "panel";
    const caption = document.createElement("figcaption");
    caption.textContent = panel.title;
    const unit = document.createElement("small");
    unit.textContent = panel.unit;
    caption.append(unit);
    const plot = document.createElement("div");
    plot.className = "plot";
    box.append(caption, plot);
    document.getElementById("charts").append(box);
    return box;
  }

  function axis(values, size) {
    const line = {stroke: style("--grid"), width: 1};
    return {stroke: style("--soft"), grid: line, ticks: line, values: values, size: size, font: "11px system-ui, sans-serif"};
  }

  // A thin line and a name where each phase of the run begins.
  function drawPhases(plot) {
    const {ctx, bbox} = plot;
    const ratio = devicePixelRatio || 1;
    ctx.save();
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.font = 10 * ratio + "px system-ui, sans-serif";
    let lastEnd = -Infinity;
    for (const phase of state.timeline.phases) {
      const x = plot.valToPos(phase.second, "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.strokeStyle = ctx.fillStyle = style("--soft");
      ctx.globalAlpha = 0.55;
      ctx.setLineDash([3 * ratio, 3 * ratio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.globalAlpha = 1;
      if (x > lastEnd) {
        ctx.fillText(phase.name, x + 3 * ratio, bbox.top + 10 * ratio);
        lastEnd = x + ctx.measureText(phase.name).width + 8 * ratio;
      }
    }
    ctx.restore();
  }

  function options(panel, series, width) {
    return {
      width: width, height: HEIGHT, padding: [8, 12, 0, 0],
      cursor: {sync: {key: "run"}, points: {size: 6}},
      scales: {x: {time: false}, y: {range: (plot, min, max) => [0, max > 0 ? max * 1.12 : 1]}},
      axes: [axis((plot, ticks) => ticks.map(clock), 30), axis((plot, ticks) => ticks.map((tick) => number(tick, panel.unit)), 64)],
      series: [{label: "time", value: (plot, value) => value == null ? "" : clock(value)}].concat(series.map(([, label], at) => ({
        label: label, stroke: style("--s" + (at % 8 + 1)), width: 2, dash: DASHES[Math.min(at, 3)], spanGaps: true,
        paths: panel.stepped ? uPlot.paths.stepped({align: 1}) : undefined, points: {show: state.timeline.seconds.length < 3},
        value: (plot, value) => number(value, panel.unit)}))),
      legend: {markers: {dash: (plot, at) => ["solid", "dashed", "dotted"][Math.min(at - 1, 2)]}},
      hooks: {draw: [drawPhases]},
    };
  }

  function table(series) {
    return [state.timeline.seconds].concat(series.map(([column]) => state.timeline.columns[column]));
  }

  function draw(panel) {
    const box = figure(panel);
    const holder = box.querySelector(".plot");
    const series = present(panel);
    const old = state.plots.get(panel.id);
    box.dataset.points = series.reduce((sum, [column]) => sum + state.timeline.columns[column].filter((value) => value != null).length, 0);
    if (old && old.names === series.join() && holder.contains(old.plot.root)) {
      old.plot.setData(table(series));
      return;
    }
    if (old) old.plot.destroy();
    holder.replaceChildren();
    state.plots.delete(panel.id);
    if (!series.length) {
      const none = document.createElement("div");
      none.className = "none";
      none.textContent = state.live ? "nothing yet" : "not known in this run";
      holder.append(none);
      return;
    }
    const plot = new uPlot(options(panel, series, holder.clientWidth || 600), table(series), holder);
    state.plots.set(panel.id, {plot: plot, names: series.join()});
  }

  // Latency by percentile over the whole run: the further right, the rarer.
  function drawDistribution(curves) {
    const panel = {id: "distribution", title: "Latency by percentile, whole run", unit: "ms"};
    const holder = figure(panel).querySelector(".plot");
    const shares = curves.percents.map((percent) => 1 / (1 - percent / 100));
    const settings = options(panel, curves.series.map((curve) => [curve.name, curve.label]), holder.clientWidth || 600);
    settings.scales.x = {time: false, distr: 3, log: 10};
    settings.scales.y = {distr: 3, log: 10};
    const percent = (share) => "p" + Number((100 - 100 / share).toFixed(4));
    settings.axes[0].values = (plot, ticks) => ticks.map((tick) => Math.log10(tick) % 1 === 0 ? percent(tick) : "");
    settings.series[0] = {label: "percentile", value: (plot, share) => share == null ? "" : percent(share)};
    settings.axes[1].values = (plot, ticks) => ticks.map((tick) => Math.log10(tick) % 1 === 0 ? number(tick, "ms") : "");
    settings.padding = [8, 28, 0, 0];
    settings.cursor = {points: {size: 6}};
    settings.hooks = {};
    const plot = new uPlot(settings, [shares].concat(curves.series.map((curve) => curve.values)), holder);
    figure(panel).dataset.points = curves.series.length * shares.length;
    state.plots.set(panel.id, {plot: plot, names: ""});
  }

  function drawAll() {
    for (const panel of PANELS) draw(panel);
    document.documentElement.dataset.charts = document.querySelectorAll("figure.panel").length;
  }

  function redraw(data) {
    for (const {plot} of state.plots.values()) plot.destroy();
    state.plots.clear();
    document.querySelectorAll("#charts .plot").forEach((plot) => plot.replaceChildren());
    if (data && data.percentiles && data.percentiles.series.length) drawDistribution(data.percentiles);
    drawAll();
  }

  function follow(data) {
    const again = () => redraw(data);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    matchMedia("print").addEventListener("change", again);
    let waiting = 0;
    addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        for (const {plot} of state.plots.values()) plot.setSize({width: plot.root.parentElement.clientWidth, height: HEIGHT});
      }, 100);
    });
    document.getElementById("theme").addEventListener("click", () => {
      const dark = document.documentElement.dataset.theme
          ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      document.documentElement.dataset.theme = dark ? "light" : "dark";
      again();
    });
  }

  function add(row) {
    const {seconds, columns} = state.timeline;
    seconds.push(row.second);
    for (const name of Object.keys(row.values)) {
      if (!columns[name]) columns[name] = new Array(seconds.length - 1).fill(null);
    }
    for (const name of Object.keys(columns)) columns[name].push(name in row.values ? row.values[name] : null);
  }

  function tiles(row) {
    document.querySelectorAll("[data-column]").forEach((tile) => {
      tile.textContent = number(row.values[tile.dataset.column], tile.dataset.unit) || "–";
    });
  }

  function listen() {
    state.live = true;
    let waiting = 0;
    const later = () => {
      if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; drawAll(); });
    };
    const status = document.getElementById("status");
    const source = new EventSource("/events");
    source.addEventListener("start", () => {
      state.timeline = {seconds: [], columns: {}, phases: []};
      follow(null);
      redraw(null);
      status.textContent = "running";
    }, {once: true});
    source.addEventListener("row", (event) => {
      const row = JSON.parse(event.data);
      // After a lost connection the server tells from the beginning again.
      if (state.timeline.seconds.length && row.second <= state.timeline.seconds.at(-1)) return;
      add(row);
      tiles(row);
      later();
      document.documentElement.dataset.rows = state.timeline.seconds.length;
    });
    source.addEventListener("phase", (event) => {
      const phase = JSON.parse(event.data);
      if (state.timeline.phases.some((known) => known.second === phase.second)) return;
      state.timeline.phases.push(phase);
      status.textContent = phase.name;
      later();
    });
    source.addEventListener("end", (event) => {
      const end = JSON.parse(event.data);
      status.textContent = end.text;
      status.className = "badge " + (end.held ? "held" : "failed");
      source.close();
      // No frame may come any more, in a tab that nobody looks at.
      drawAll();
    });
    source.onopen = () => {
      const phase = state.timeline && state.timeline.phases.at(-1);
      if (phase) status.textContent = phase.name;
    };
    source.onerror = () => { status.textContent = "connection lost, trying again"; };
  }

  addEventListener("error", () => { document.documentElement.dataset.errors = ++state.errors; });
  addEventListener("securitypolicyviolation", () => { document.documentElement.dataset.errors = ++state.errors; });
  document.documentElement.dataset.errors = 0;
  const embedded = document.getElementById("data");
  if (embedded) {
    const data = JSON.parse(embedded.textContent);
    state.timeline = data.timeline;
    follow(data);
    redraw(data);
  } else {
    listen();
  }
})();
