# make demo   converts a model that Keras wrote, shows it, runs it and compares with the numbers Keras recorded
# make test   runs all tests, with real Keras as the reader of what was written
# make support writes docs/support.md: every layer and option, and what becomes of it
# make matrix every option of every layer: thousands of small models, made and answered by real Keras releases, are run
# make bench  times nnconv beside other engines on the same models, in one run
# All install what is missing when run as root, and say what it is otherwise.

PACKAGES = zlib1g-dev libhdf5-dev hdf5-tools
SWIFT = swift
CLANG = $(dir $(realpath $(shell command -v $(SWIFT))))clang
PRODUCTS = $(shell $(SWIFT) build -c release --show-bin-path)
NNCONV = $(PRODUCTS)/nnconv

.PHONY: demo test matrix bench benchmarks support dependencies build examples clean

demo: build
	@Examples/demo "$(NNCONV)"

# The environment with Keras comes from PyPI and is kept outside of the checkout.
test: PACKAGES += python3-venv
test: dependencies
	NNCONV_KERAS=$$(Tests/keras/environment client) && export NNCONV_KERAS && $(SWIFT) test

matrix: dependencies
	MATRIX=.build/matrix Fixtures/generator/generate keras-3.15.1 tfkeras-2.15 keras-2.3.1
	NNCONV_CASES=$(CURDIR)/.build/matrix NNCONV_DEVIATIONS=$(CURDIR)/docs/deviations.json $(SWIFT) test --filter 'CaseTests|LoweringTests.FixtureTests'
	$(MAKE) support

# The page of the program that is being worked on, which the tests run, too.
support: dependencies
	$(SWIFT) build --product nnconv
	$$($(SWIFT) build --show-bin-path)/nnconv layers --markdown --deviations docs/deviations.json > docs/support.md.new
	mv docs/support.md.new docs/support.md

# Takes about twenty minutes; MODELS, BATCHES, THREADS and ENGINES narrow it. WEIGHTS=int8 ENGINES=litert-int8 compares rounded weights.
bench: PACKAGES += python3-venv
bench: build
	@$(MAKE) --no-print-directory dependencies PACKAGES="$(PACKAGES)"
	@$(MAKE) --no-print-directory benchmarks
	python=$$(Tests/keras/environment Benchmarks/benchmarks.txt) && \
	$$python Benchmarks/make_models.py .build/benchmarks && \
	$$python Benchmarks/compare.py "$(NNCONV)" .build/benchmarks --peak .build/benchmarks/peak --json .build/benchmarks/report.json \
		--plot .build/benchmarks/ratios.svg $(if $(MODELS),--models $(MODELS)) $(if $(BATCHES),--batches $(BATCHES)) \
		$(if $(THREADS),--threads $(THREADS)) $(if $(ENGINES),--engines $(ENGINES)) $(if $(WEIGHTS),--weights $(WEIGHTS))

# The programs that measure the machine and how near the kernels come to it; those need the compiler that Swift brings.
benchmarks:
	@mkdir -p .build/benchmarks
	$(CC) -O3 -march=native Benchmarks/peak.c -o .build/benchmarks/peak
	$(CLANG) -O2 -march=native -ISources/CNNKernels/include Benchmarks/kernels.c Sources/CNNKernels/*.c -lm -o .build/benchmarks/kernels

build: dependencies
	$(SWIFT) build -c release --product nnconv

# The C example, built and run on a model of the course.
examples: dependencies
	$(SWIFT) build -c release
	$(CC) -Wall -Wextra -Werror -ISources/NNInferenceC/include Examples/c/predict.c -L$(PRODUCTS) -lNNInferenceC \
		-Wl,-rpath,$(PRODUCTS) -o $(PRODUCTS)/predict
	$(NNCONV) convert --quiet --force Fixtures/keras-3.15.1/coffee.h5 $(PRODUCTS)/coffee.nnc
	$(PRODUCTS)/predict $(PRODUCTS)/coffee.nnc 200 17

dependencies:
	@command -v $(SWIFT) >/dev/null || { echo "Swift 6.1 or newer is missing: https://www.swift.org/install" >&2; exit 1; }
	@missing=""; \
	for package in $(PACKAGES); do \
		dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ] && ! command -v dpkg-query >/dev/null; then exit 0; fi; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ]; then \
			(apt-get install -y --no-install-recommends $$missing || { apt-get update && apt-get install -y --no-install-recommends $$missing; }) >&2; \
		else \
			echo "These packages are missing; as root: apt-get install$$missing" >&2; exit 1; \
		fi; \
	fi

clean:
	$(SWIFT) package clean
