# linkpulse: `make help` lists what there is. Every target sets up what it needs first.
SHELL := /bin/sh
CLI := node dist/cli.js
SOURCES := $(shell find firmware boards host \( -name '*.ts' -o -name '*.tsx' -o -name '*.css' \) -not -name '*.test.ts' 2>/dev/null) package.json $(wildcard */tsconfig.json host/*/tsconfig.json) tsconfig.base.json

.DEFAULT_GOAL := help
.PHONY: help setup build firmware link-table schema costs dictionary calibration demo workshop test test-quick judge tools check bench docs screenshots clean

help: ## list the targets
	@echo 'make TARGET, where TARGET is one of:'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

# Installing works with npm's install scripts off: every package that has a binary ships it.
node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

dist/cli.js: node_modules/.package-lock.json $(SOURCES)
	npm run --silent build

setup: dist/cli.js ## install the packages and build the command line (what the others call first)

build: setup

demo: setup ## check a simulated board over a real serial port: no hardware, no root
	$(CLI) check model:uno --over-pty

workshop: setup ## the page to click, step and break: dist/workshop.html (one file, opens from a USB stick) and dist/workshop/ (for any web server)
	@ls -l dist/workshop.html dist/workshop

tools: node_modules/.package-lock.json ## install the programs that judge us in the tests (apt-get), or say which are missing
	npx tsx test/setup/install-tools.ts

test: setup tools ## run every test
	npx vitest run

test-quick: setup ## run the tests that changed files touch
	npx vitest run --changed

judge: setup tools ## run the whole of the long tests, of which `make test` runs a slice; goes on where it was interrupted (ONLY=PART)
	npm run --silent judge -- $(ONLY:%=--only %)

check: node_modules/.package-lock.json ## type check of the floors, lint and format
	npx tsc -b
	npx biome check

FIRMWARE_BOARDS := uno nano mega2560 promini

firmware: ## compile the bridge firmware (avr-gcc), print what it takes, and renew the images that ship
	$(MAKE) --no-print-directory -C firmware/bridge OUT=../../dist/firmware
	@mkdir -p firmware/bridge/images
	@for board in $(FIRMWARE_BOARDS); do cp dist/firmware/$$board.hex firmware/bridge/images/bridge-$$board.hex; done

link-table: node_modules/.package-lock.json ## write what the two ends of the serial link share: the C header, its parts of docs/serial-link.md, and the tables of the Wireshark dissectors
	npx tsx test/bridge/renew-link-table.ts

schema: node_modules/.package-lock.json ## write the JSON Schemas of what we print and read (schema/)
	npx tsx test/schema/renew.ts

costs: node_modules/.package-lock.json ## learn what each check costs, for the time left that a run shows
	npx tsx test/check/renew-costs.ts

dictionary: node_modules/.package-lock.json ## learn what each fault looks like in a report; goes on where it was interrupted (RUNS=40 of each fault, SOUND=480)
	npm run --silent dictionary -- $(RUNS:%=--runs %) $(SOUND:%=--sound %)

calibration: node_modules/.package-lock.json ## judge the dictionary on runs it was not learned from, and write docs/diagnosis.md (RUNS=4 of each fault, SOUND=148)
	npm run --silent calibration -- $(RUNS:%=--runs %) $(SOUND:%=--sound %)

bench: setup ## measure, each figure beside a peer or a limit of the same run (ONLY=NAME); AGAINST=COMMIT: beside that commit, in so many rounds (ROUNDS=5)
	npm run --silent bench -- $(if $(AGAINST),--against $(AGAINST)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(ONLY:%=--only %)

docs: setup ## write the generated parts of docs/ anew
	npm run --silent docs

screenshots: setup ## photograph each station of the workshop page for docs/ (needs chromium)
	npm run --silent screenshots

clean: ## remove what was built and installed
	rm -rf dist node_modules coverage
