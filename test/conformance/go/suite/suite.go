// Package suite makes this module require the OCI distribution conformance suite. It has no releases of its own: this is the newest state of
// it that the module proxy gives.
package suite

import _ "github.com/opencontainers/distribution-spec/conformance"
