# `make demo` and `make test` need Go and nothing else.

GO          ?= go
STATICCHECK  = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOFUMPT      = mvdan.cc/gofumpt@v0.12.0

.PHONY: build demo test race lint bench clean

build:
	$(GO) build -trimpath -o bin/tupu ./cmd/tupu

# The graph of the example reports, and the question that tupu was made for.
demo: build
	rm -rf bin/demo.db
	./bin/tupu build testdata/reports --manifest testdata/manifest.csv --db bin/demo.db
	./bin/tupu ask shared --db bin/demo.db -o table

test:
	$(GO) vet ./...
	$(GO) test ./...
	@test -n "$$TUPU_SHARED" || echo "skipped: tests over corpora that are not in this repository (TUPU_SHARED names their folder)"
	@test -n "$$TUPU_NODE_MODULES" || echo "skipped: reading exports back with graphology, hyparquet and followthemoney (TUPU_NODE_MODULES names their folder)"
	@for m in networkx igraph rdflib; do python3 -c "import $$m" 2>/dev/null || /usr/bin/python3 -c "import $$m" 2>/dev/null || echo "skipped: reading exports back with $$m (Debian: python3-$$m)"; done
	@for c in xmllint sqlite3; do command -v $$c >/dev/null || echo "skipped: reading exports back with $$c"; done

race:
	$(GO) test -race ./...

lint:
	@unformatted=$$($(GO) run $(GOFUMPT) -l .); if [ -n "$$unformatted" ]; then echo "run gofumpt -w on:"; echo "$$unformatted"; exit 1; fi
	$(GO) run $(STATICCHECK) ./...

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

clean:
	rm -rf bin
