# incidentbook: `make` shows everything at work, `make help` lists the rest.
# Variables: PYTHON (the interpreter that makes .venv), ARGS (handed on to the tool), SECONDS (how long to fuzz).

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
INC := $(BIN)/inc
STAMP := $(VENV)/.lock-installed
CODE := tooling tests scripts $(wildcard benchmarks)
ARGS ?=
SECONDS ?= 240

export PYTHON
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

.PHONY: all
all: env ## Make the environment, check the knowledge base, print its metrics, build the site
	@$(INC) check
	@echo
	@$(INC) metrics
	@echo
	@$(INC) site build
	@printf '\n%s\n' 'Where it is'
	@printf '  %-12s %s\n' \
	  'Environment' '$(VENV)  ($(shell $(PY) --version 2>/dev/null || echo 'made just now'))' \
	  'Check' 'above; again with: make check' \
	  'Metrics' 'above, and as a page: site/metrics/index.html' \
	  'Site' 'site/index.html  (make serve shows it at a local address)'

.PHONY: env
env: $(STAMP) ## Make .venv from requirements.lock, if it does not hold exactly that
	@:
$(STAMP): requirements.lock pyproject.toml scripts/bootstrap.sh
	@scripts/bootstrap.sh $(VENV)

.PHONY: check
check: env ## Check every record, post-mortem, playbook and policy
	@$(INC) check $(ARGS)

.PHONY: metrics
metrics: env ## Print the knowledge base's metrics (ARGS="--period quarterly")
	@$(INC) metrics $(ARGS)

.PHONY: pr-summary
pr-summary: env ## Say what a branch changes: records, figures, promises, clocks, policies (BASE=main)
	@$(INC) pr-summary $(BASE) $(ARGS)

.PHONY: nightly
nightly: env ## Fail on what is overdue, and write it to build/overdue.md, from which scripts/tracking-issue.sh keeps an issue
	@mkdir -p build && rm -f build/overdue.md
	@$(INC) overdue --fail --output build/overdue.md $(ARGS)

.PHONY: site
site: env ## Build the site into site/
	@$(INC) site build $(ARGS)

.PHONY: serve
serve: env ## Show the site at a local address, rebuilt on every change
	@$(INC) site serve $(ARGS)

.PHONY: node
node: env ## Install the Node tools that some tests drive, if .venv/node does not hold exactly those
	@scripts/node-tools.sh $(VENV)/node

.PHONY: browser
browser: env ## Find the browser that some tests drive, or install one
	@scripts/browser.sh $(VENV)/browser

.PHONY: test
test: env node browser ## Run the whole test suite with coverage, on all cores (ARGS="-k clocks": those, on one)
	@mkdir -p build/coverage
	@$(PY) -m pytest --hypothesis-profile=ci --cov --cov-report=html $(or $(ARGS),--numprocesses=auto --dist=loadscope --cov-fail-under=95)
	@$(PY) -m coverage report --format=total | sed 's/.*/Coverage: & %  (build\/coverage\/html\/index.html)/'

.PHONY: lint lint-code lint-types lint-floors lint-workflows lint-docs
lint: lint-code lint-types lint-floors lint-workflows lint-docs check ## Check code, types, floors, workflows and records (make -k lint: see all at once)
	@echo 'lint: clean'

lint-code: env
	@$(BIN)/ruff check --quiet --output-format concise $(CODE)
	@$(BIN)/ruff format --check --quiet $(CODE) || { echo 'Some files are not formatted; mend with: make fmt'; exit 1; }

lint-types: env
	@$(BIN)/mypy --no-error-summary

lint-floors: env
	@mkdir -p build
	@$(BIN)/lint-imports --no-logo > build/lint-imports.txt || { cat build/lint-imports.txt; exit 1; }

lint-workflows: env
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema custom.github-workflows-require-timeout .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-actions action.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/incident.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	@$(BIN)/check-jsonschema --quiet --check-metaschema schemas/*.schema.json
	@$(BIN)/pre-commit validate-config .pre-commit-config.yaml
	@$(BIN)/pre-commit validate-manifest .pre-commit-hooks.yaml
	@mkdir -p build
	@$(BIN)/zizmor --offline --quiet --no-progress --persona=pedantic --collect=all \
	  .github action.yml .pre-commit-config.yaml .pre-commit-hooks.yaml > build/zizmor.txt || { cat build/zizmor.txt; exit 1; }

lint-docs: env
	@$(PY) -m incidentbook.docsgen --check

.PHONY: docs
docs: env ## Write the reference pages under docs/, and the schemas of outputs, anew from the code that they describe
	@$(PY) -m incidentbook.docsgen
	@$(PY) -m incidentbook.outputs

.PHONY: fmt
fmt: env ## Format the code and mend what ruff can mend safely
	@$(BIN)/ruff check --quiet --fix-only $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)

.PHONY: bench
bench: env node browser ## Measure `inc check`, a responder's commands, `inc metrics`, history, and the site with Lighthouse
	@$(PY) benchmarks/check.py $(ARGS)
	@$(PY) benchmarks/respond.py $(ARGS)
	@$(PY) benchmarks/metrics.py $(ARGS)
	@$(PY) benchmarks/history.py
	@$(PY) benchmarks/search.py
	@$(PY) benchmarks/pages.py
	@scripts/node-tools.sh $(VENV)/lighthouse benchmarks/node
	@$(PY) benchmarks/lighthouse.py

.PHONY: screenshots
screenshots: env browser ## Take the guide's pictures of the example's site anew
	@$(PY) scripts/screenshots.py

.PHONY: fuzz
fuzz: env ## Fuzz loader and checker (SECONDS=240, or ARGS="--replay FILE")
	@$(PY) tests/fuzz/run.py --seconds $(SECONDS) $(ARGS)

.PHONY: mutants
mutants: env ## Break the rules in every small way, and see that a test notices (ARGS="files freshness": some families)
	@$(PY) tests/mutation/run.py $(ARGS)

.PHONY: lock
lock: env ## Write requirements.lock anew from pyproject.toml (ARGS="--upgrade" takes newer versions)
	@env -u PIP_FIND_LINKS -u UV_FIND_LINKS $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	  --extra dev --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command 'make lock' --output-file requirements.lock $(ARGS) pyproject.toml
	@echo 'requirements.lock is written; make installs it.'

.PHONY: lock-node
lock-node: env ## Write the locks of the Node tools anew from tests/node and benchmarks/node
	@scripts/lock-node-tools.sh $(VENV)
	@echo 'tests/node and benchmarks/node are locked; make node and make bench install them.'

.PHONY: changelog
changelog: env ## Show what the next release's changelog would say
	@$(BIN)/towncrier build --draft --version "$$($(PY) -c 'import incidentbook; print(incidentbook.__version__)')"

.PHONY: clean
clean: ## Remove what was built and cached (.venv stays)
	@rm -rf build dist site .incidentbook .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find tooling tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
