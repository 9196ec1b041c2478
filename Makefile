# On the open internet: make run TORCH_INDEX=https://download.pytorch.org/whl/cpu takes torch without CUDA.
PYTHON ?= python3
TORCH_INDEX ?=
export TORCH_INDEX

.PHONY: run test setup lint wheel-check lock bench
run: setup
	@.venv/bin/marsad run

test: setup
	@.venv/bin/python -m pytest

setup:
	@./setup.sh $(PYTHON)

lint: setup
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/marsad dictionaries lint

# Half an hour on two quiet cores; single ones: .venv/bin/python -m benchmarks.NAME --help
bench: setup
	@.venv/bin/python -m benchmarks

wheel-check: setup
	@./.ci/wheel-check

# Take the newest versions that pyproject.toml allows; read the diff before you commit it.
lock:
	@./setup.sh $(PYTHON) --upgrade
