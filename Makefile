# `make` lists the targets. Each is one line of build.sh or build/suiload: nothing is hidden here.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: help build run load smoke ramp drain compare monitor rotate-keys test test-sdk torture bench audit vectors sui4j dist release-notes clean reset

# Variables given to make (make load DURATION=5m SEED=7) reach the program as environment; these two have short names.
SETTINGS = $(if $(ACTIVE),ACTIVE_USERS_TOTAL='$(ACTIVE)') $(if $(PASSIVE),PASSIVE_USERS_TOTAL='$(PASSIVE)')
# make itself exits 2 on any failure, so the program's own exit code is printed.
RUN = @$(SETTINGS) build/suiload $(1) || { code=$$?; echo "suiload $(1): exit code $$code"; exit $$code; }

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## compile what changed
	@./build.sh

run: build ## the provisioning service with embedded database and network, on http://127.0.0.1:4321
	@build/suiload serve --with-parent

load: build ## a whole load test: make load ACTIVE=100 PASSIVE=400 DURATION=1m
	$(call RUN,load)

smoke: build ## one user of each kind, each route once: is it alive?
	$(call RUN,smoke)

ramp: build ## more and more users until a threshold fails: the largest load that held
	$(call RUN,ramp)

drain: build ## what the users' coins have left goes back to the funding account of the running service
	$(call RUN,drain)

test: ## all tests; the last line is 'N passed, N failed'
	@./build.sh test && test/run

test-sdk: build ## drive the embedded network with the real TypeScript SDK
	@test/sdk/run

torture: ## every promise in full, the measured figure beside each; resumable, an hour or more: make torture IDS="O1 D1"
	@./build.sh test && test/torture $(IDS)

bench: ## performance figures of this machine, and out/bench.json; two hours and more, or a part: make bench IDS="P4 P5"
	@./build.sh test && test/bench $(IDS)

compare: build ## the last run against a former one: make compare BASE=out-old/summary.json
	@build/suiload compare $(BASE) $(if $(TOLERANCE),--tolerance=$(TOLERANCE)) || { code=$$?; echo "suiload compare: exit code $$code"; exit $$code; }

monitor: build ## a running service, a line a second
	@build/suiload monitor

rotate-keys: build ## a new master key, and every stored key sealed anew
	@build/suiload rotate-keys

audit: ## every jar: version, licence, size, checksum verdict, who needs it and why; JSON=1 for programs
	@./build.sh test && build/suiload audit $(if $(JSON),--json)

sui4j: ## fetch what NODE_CLIENT=sui4j needs into lib/sui4j, or say what to put there
	@./build.sh sui4j

dist: build ## build/suiload-VERSION-PLATFORM.tar.gz: runs without a JDK; AOT=1 adds caches for a faster start
	@conf/dist/dist.sh

release-notes: build ## build twice, compare, and write the checksum into the README's release notes
	@test/reproducible --readme

vectors: build ## check golden-vector files: make vectors FILES="…"
	@build/suiload vectors $(FILES)

reset: ## delete users, channels and the embedded network's state (data/, all but master.key)
	@if [ -d data/postgres ] && [ ! -d data/localnet ] && [ "$(YES)" != 1 ]; then \
	  echo "data/ holds the keys of users on a network that is not embedded, and with them their coins: 'make drain' first, then 'make reset YES=1'"; exit 1; fi
	@[ ! -d data ] || find data -mindepth 1 -maxdepth 1 ! -name master.key -exec rm -rf {} +

clean: ## delete what was built and reported (data/ stays)
	@rm -rf build out
