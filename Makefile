# 隐寄 Yinji. Two commands on a bare machine: `make demo`, `make test`. Nothing before them but Python 3.11+ and make.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
MEASURED ?= labels pictures inspect streams deid issue intake reveal vault rotate ledger backup

.DEFAULT_GOAL := help
.PHONY: help demo test bench verifier lint docs lock clean

help:  ## say what there is
	@echo "make demo   演示：虚构的节点、200 张面单、控制台 · invented node, 200 labels, console (SERVE=0: no console)"
	@echo "make test   全部测试，含真实部件 · everything, real parts included"
	@echo "make bench  测量，与通用工具并排 · figures, beside the peers"
	@echo "make verifier 单文件的离线核对程序 · the offline verifier as one file"
	@echo "make lint   格式、规则、类型 · format, rules, types"
	@echo "make docs   由代码生成参考手册，连同文档网站 var/site · the reference, made from code, and the site"

# An environment is made once for a lock file and an interpreter; its stamp says which.
$(VENV)/run.stamp: requirements/run.txt pyproject.toml scripts/environment.sh
	@PYTHON="$(PYTHON)" sh scripts/environment.sh $(VENV) requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml scripts/environment.sh
	@PYTHON="$(PYTHON)" sh scripts/environment.sh $(VENV) requirements/dev.txt
	@touch $@ $(VENV)/run.stamp

$(VENV)/peers.stamp: requirements/peers.txt $(VENV)/run.stamp
	@PYTHON="$(PYTHON)" sh scripts/environment.sh $(VENV) requirements/peers.txt
	@touch $@

$(VENV)/peers-deid.stamp: requirements/peers-deid.txt $(VENV)/run.stamp
	@PYTHON="$(PYTHON)" sh scripts/environment.sh $(VENV) requirements/peers-deid.txt
	@touch $@

demo: $(VENV)/run.stamp  ## an invented node, its labels in var/demo, then its console; SERVE=0 ends after the files
	@sh scripts/fonts.sh
	@$(BIN)/yinji demo --orders examples/orders-general.csv --folder var/demo $(if $(filter 0,$(SERVE)),,--serve)

test: $(VENV)/dev.stamp $(VENV)/peers.stamp  ## everything, real parts included
	@sh scripts/fonts.sh
	@sh scripts/parts.sh
	@VENV=$(VENV) sh scripts/zpl_oracle.sh
	@$(BIN)/python -m pytest -q -n auto --dist loadgroup tests

bench: $(VENV)/peers.stamp $(VENV)/peers-deid.stamp  ## figures, beside the peers in the same run
	@sh scripts/fonts.sh
	@mkdir -p var/bench
	@for each in $(MEASURED); do \
	    keep=; [ $$each = issue ] && keep="--keep var/bench"; \
	    $(BIN)/yinji bench $$each $$keep --json > var/bench/$$each.json || exit 1; \
	    cat var/bench/$$each.json; \
	done
	@$(BIN)/python scripts/keep_benchmarks.py $(foreach each,$(MEASURED),var/bench/$(each).json)
	@$(BIN)/python scripts/make_docs.py

verifier:  ## the offline verifier as one file, dist/yinji_verify.pyz
	@$(PYTHON) scripts/make_verifier.py

lint: $(VENV)/dev.stamp  ## format, rules, types, floors
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

docs: $(VENV)/dev.stamp  ## the reference pages, made from code, and the site in var/site
	@$(BIN)/python scripts/make_docs.py
	@$(BIN)/python scripts/make_site.py

lock:  ## lock dependencies anew: hashes pinned, nothing younger than a week (needs uv)
	@sh scripts/lock.sh

clean:  ## remove what these commands made
	rm -rf $(VENV) var .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
