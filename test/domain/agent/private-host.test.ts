import { describe, expect, test } from "vitest";
import { privateHost } from "../../../src/domain/agent/private-host.ts";

/** As whoever asks spells it. */
function hostOf(url: string): string {
  return new URL(url).hostname;
}

describe("hosts that a shared registry does not ask", () => {
  test.each([
    "http://localhost:8001",
    "http://LOCALHOST./",
    "http://app.localhost",
    "http://intranet",
    "http://printer.local",
    "http://db.internal",
    "http://nas.home.arpa",
    "http://127.0.0.1",
    "http://127.1",
    "http://2130706433",
    "http://0x7f.0.0.1",
    "http://0177.0.0.1",
    "http://0.0.0.0",
    "http://10.1.2.3",
    "http://100.64.0.1",
    "http://100.127.255.255",
    "http://169.254.169.254/latest/meta-data",
    "http://172.16.0.1",
    "http://172.31.255.255",
    "http://192.168.1.1",
    "http://198.19.0.1",
    "http://224.0.0.1",
    "http://255.255.255.255",
    "http://[::1]",
    "http://[::]",
    "http://[::ffff:127.0.0.1]",
    "http://[::ffff:10.0.0.1]",
    "http://[::127.0.0.1]",
    "http://[64:ff9b::192.168.0.1]",
    "http://[fe80::1]",
    "http://[febf::1]",
    "http://[fc00::1]",
    "http://[fd12:3456::1]",
    "http://[ff02::1]",
    "http://１２７.0.0.1",
  ])("%s", (url) => {
    expect(privateHost(hostOf(url))).toMatch(/is|are/);
  });
});

describe("hosts that are public, as far as their spelling tells", () => {
  test.each([
    "https://example.com",
    "https://localhost.example.com",
    "https://agents.example.co.uk:8443/a2a",
    "http://8.8.8.8",
    "http://100.128.0.1",
    "http://172.32.0.1",
    "http://192.169.0.1",
    "http://[2606:4700::1111]",
    "http://[::ffff:8.8.8.8]",
    "http://[64:ff9b::8.8.8.8]",
    "http://10.example.com",
  ])("%s", (url) => {
    expect(privateHost(hostOf(url))).toBeNull();
  });
});
