import { expect, it } from "vitest";
import { hostAndPort } from "../../../api/service/host-and-port.ts";

it.each([
  ["127.0.0.1:16161", { host: "127.0.0.1", port: 16_161 }],
  ["cabinet.example:161", { host: "cabinet.example", port: 161 }],
  ["[::1]:161", { host: "::1", port: 161 }],
  ["127.0.0.1", null],
  ["::1", null],
  ["127.0.0.1:0", null],
  ["127.0.0.1:65536", null],
  ["127.0.0.1:", null],
])("reads %s", (address, found) => {
  expect(hostAndPort(address)).toEqual(found);
});
