import { describe, expect, it } from "vitest";
import { refuseAddress } from "../../../src/operations/subscription/refuse-address.ts";

const privateOnes = [
  "https://localhost/hook",
  "https://LOCALHOST./hook",
  "https://receiver/hook",
  "https://receiver.internal/hook",
  "https://printer.local/hook",
  "https://127.0.0.1/hook",
  "https://127.1/hook",
  "https://2130706433/hook",
  "https://0x7f000001/hook",
  "https://0177.0.0.1/hook",
  "https://0/hook",
  "https://10.1.2.3/hook",
  "https://172.31.255.255/hook",
  "https://192.168.1.1:8443/hook",
  "https://169.254.169.254/latest/meta-data",
  "https://100.64.0.1/hook",
  "https://[::1]/hook",
  "https://[::]/hook",
  "https://[fe80::1]/hook",
  "https://[fd00::1]/hook",
  "https://[::ffff:127.0.0.1]/hook",
  "https://[::ffff:7f00:1]/hook",
  "https://[64:ff9b::10.0.0.1]/hook",
  "https://１２７.0.0.1/hook",
  "https://127。0。0。1/hook",
];

describe("an address that deliveries may go to", () => {
  it.each(privateOnes)("is not %s, but on one's own machine", (address) => {
    expect(refuseAddress(address, false)).toMatch(/is|are/);
    expect(refuseAddress(address, true)).toBeNull();
  });

  it.each(["http://hooks.example.com/in", "http://93.184.215.14/in"])(
    "is not %s, which is not encrypted",
    (address) => {
      expect(refuseAddress(address, false)).toContain("https only");
      expect(refuseAddress(address, true)).toBeNull();
    },
  );

  it.each(["https://me@example.com/", "https://me:secret@example.com/", "https://:secret@example.com/"])(
    "is not %s anywhere, because it holds a name or a password",
    (address) => {
      for (const mayAskPrivate of [true, false]) expect(refuseAddress(address, mayAskPrivate)).toContain("signed");
    },
  );

  it.each(["ftp://example.com/", "javascript:alert(1)", "data:,x", "file:///etc/passwd", "nonsense", ""])(
    "is not %s anywhere",
    (address) => {
      for (const mayAskPrivate of [true, false]) expect(refuseAddress(address, mayAskPrivate)).not.toBeNull();
    },
  );

  it.each(["https://hooks.example.com/in", "https://93.184.215.14/", "https://[2606:4700::1111]:8443/x?y=z"])(
    "is %s",
    (address) => {
      expect(refuseAddress(address, false)).toBeNull();
    },
  );
});
