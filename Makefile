# make demo   sets everything up and does the main job on a real report
# make test   sets everything up, with what only tests need, and runs everything

SHELL := /bin/sh
PYTHON := .venv/bin/python
PIP_INSTALL := $(PYTHON) -m pip install --quiet --no-input --disable-pip-version-check --retries 5

.PHONY: demo test lint bench readme templates clean

demo: .venv/installed
	.venv/bin/xl-disclosure demo

test:
	tests/run

lint: .venv/installed-for-tests
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy

# Runs every benchmark, whatever becomes of the one before, and fails where one does not keep its limit.
bench: .venv/installed-for-tests
	@status=0; for path in tests/benchmarks/bench_*.py; do \
		name=$$(basename $$path .py); echo "$$name"; $(PYTHON) -m tests.benchmarks.$$name || status=1; \
	done; exit $$status

# Makes the pictures and the list of rules in the READMEs anew, with LibreOffice.
readme: .venv/installed-for-tests
	$(PYTHON) -m tests.rule_tables
	$(PYTHON) -m tests.pictures

# Rebuilds workbook_templates/ from the editions and macros/; the same sources give the same bytes.
templates: .venv/installed
	$(PYTHON) -m xl_disclosure.workbook.template.build
	$(PYTHON) -m xl_disclosure.narrative.word_template

clean:
	rm -rf .venv .tools .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -prune -exec rm -rf {} +

$(PYTHON):
	.ci/virtual-environment .venv

# Each mark is newer than pyproject.toml when what that file asks for is installed.
.venv/installed: pyproject.toml | $(PYTHON)
	@echo "安装运行所需 / installing what the tool needs" >&2
	$(PIP_INSTALL) --editable .
	touch $@

.venv/installed-for-tests: pyproject.toml | $(PYTHON)
	@echo "安装测试所需 / installing what the tests need" >&2
	$(PIP_INSTALL) --editable '.[test]'
	touch .venv/installed $@
