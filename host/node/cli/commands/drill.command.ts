import { IP_VERSIONS } from '../../../drill/ip-version.js'
import { LIKENESSES } from '../../../drill/likeness-names.js'
import { command } from '../command.js'
import { CAPTURE_OPTION, JSON_OPTION } from '../options.js'

export const DRILL_COMMAND = command({
  name: 'drill',
  operands: 'FILE...',
  minimum: 1,
  maximum: Number.POSITIVE_INFINITY,
  takes: [{ files: ['.pkt'] }],
  summary: "run packetdrill's scripts against our TCP/IP stack, in virtual time",
  options: {
    strict: { help: 'fail a script when packets are left over at its end that no line expects' },
    trace: { help: 'print what happened in scripts that pass, too' },
    like: {
      value: LIKENESSES.join('|'),
      takes: LIKENESSES,
      help: 'make the choices that a standard leaves open as this stack does: ours (the default), linux, freebsd',
    },
    'ignore-sysctl': { help: 'run a script whose sysctls cannot be set here, and note them' },
    against: {
      value: 'exec:COMMAND',
      help: "run the scripts against somebody else's stack: a program that speaks the line protocol of docs/drill.md",
    },
    // These have packetdrill's own names, whose users type them.
    ip_version: {
      value: IP_VERSIONS.join('|'),
      takes: IP_VERSIONS,
      help: 'run the scripts over this family, as with packetdrill; sockets of ipv4-mapped-ipv6 are of IPv6, and packets of IPv4',
    },
    local_ip: { value: 'ADDRESS', help: "the stack's address" },
    remote_ip: { value: 'ADDRESS', help: "the peer's address" },
    gateway_ip: { value: 'ADDRESS', help: "the stack's router" },
    netmask_ip: { value: 'MASK', help: "the mask of the stack's network" },
    mtu: { value: 'OCTETS', help: 'of the link; what is given here goes before what stands in a script' },
    define: {
      value: 'NAME=VALUE',
      multiple: true,
      help: 'what a word of the scripts stands for, as with -D of packetdrill',
    },
    json: JSON_OPTION,
    capture: { ...CAPTURE_OPTION, help: 'write the frames as pcapng, for Wireshark' },
  },
  notes: [
    'Statements that are not supported are named with file, line, column and what to do; such a script is not run.',
    'docs/drill.md has the language. For example: linkpulse drill handshake.pkt --trace',
    '',
    'Exit status: 0 every script passed, 1 an expectation failed, 2 wrong usage, or none failed and a script',
    'has a syntax error or uses something that is not supported.',
  ],
})
