# make run  : environment, locked dependencies, front end, database, demo district, server
# make test : everything this machine can test, and a line for every part it could not
# See docs/operators/ for running it in earnest.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= $(CURDIR)/var
export HOST PORT DATA_DIR

VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin

.PHONY: run test build catalogues lock clean messages

run:
	@PYTHON="$(PYTHON)" tools/prepare.sh app
	@DEMO=1 LOG_LEVEL=$${LOG_LEVEL:-WARNING} tools/start_demo.sh

test:
	@PYTHON="$(PYTHON)" tools/prepare.sh dev
	@$(BIN)/python tools/run_tests.py

build:
	@PYTHON="$(PYTHON)" tools/prepare.sh app

catalogues:
	@$(BIN)/python tools/catalogues.py

messages:
	@$(BIN)/python tools/messages.py --write

lock:
	@tools/lock.sh

clean:
	rm -rf $(VENV) node_modules build src/miteinander/foundation/ui/static/ui/build
