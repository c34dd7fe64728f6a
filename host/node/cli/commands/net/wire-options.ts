/** Options of the commands that are on a wire, and what they have to say of it. */
import type { OptionHelp } from '../../command.js'
import { CAPTURE_OPTION, FAULT_OPTION, LOOK_OPTIONS, SEED_OPTION } from '../../options.js'

export const TAP: OptionHelp = {
  value: 'NAME',
  help: "the TAP device of this machine's kernel that is the other end of the wire",
}
export const ADDRESS: OptionHelp = {
  value: 'ADDRESS/PREFIX',
  help: 'address of the stack, as 10.9.0.2/24',
}
export const ADDRESS6: OptionHelp = {
  value: 'ADDRESS/PREFIX|auto',
  takes: ['auto'],
  help: 'IPv6 as well: an address as 2001:db8::2/64, or auto (link-local, and what routers announce)',
}
export const GATEWAY: OptionHelp = { value: 'ADDRESS', help: 'first hop out of the network' }
export const DHCP: OptionHelp = { help: 'have the address assigned by a DHCP server on the wire' }
/** When DHCPv6 is asked. */
export const DHCP6_MODES = ['auto', 'stateful', 'stateless', 'off'] as const
export const DHCP6: OptionHelp = {
  value: DHCP6_MODES.join('|'),
  takes: DHCP6_MODES,
  help: 'ask DHCPv6: as routers say by M and O (auto, the default), for addresses, for name servers alone, never (stack: only)',
}
export const KERNEL: OptionHelp = {
  value: 'ADDRESS|none',
  takes: ['none'],
  help: "address of the kernel's end (default: the first other address of the network)",
}
export const MEMORY: OptionHelp = {
  value: 'OCTETS',
  help: 'the budget that every buffer of the stack is taken from (default 1048576)',
}
export const FRAMES: OptionHelp = { ...CAPTURE_OPTION, help: 'write the frames as pcapng, for Wireshark' }

export const ECN: OptionHelp = {
  help: 'ask for explicit congestion notification: routers mark segments instead of dropping them (RFC 3168)',
}

/** Where the commands that use the stack find the other end. */
export const WIRE = {
  tap: { ...TAP, help: `${TAP.help} (default: a simulated wire with a board on it)` },
  address: ADDRESS,
  address6: ADDRESS6,
  gateway: GATEWAY,
  'kernel-address': KERNEL,
  dns: {
    value: 'ADDRESS',
    help: 'the name server to ask, where a host is given by its name: an address of IPv4 or IPv6',
  },
  memory: MEMORY,
  trace: { help: 'print each packet and each state of this end as it happens, on standard error' },
  ladder: {
    value: 'FILE',
    file: 'output',
    takes: { files: ['.svg', '.png'] },
    help: 'draw the conversation as a ladder: both ends, each packet with its numbers, states (.svg, .png)',
  },
  ...LOOK_OPTIONS,
  capture: FRAMES,
  fault: { ...FAULT_OPTION, help: `of the simulated wire and board: ${FAULT_OPTION.help}` },
  seed: SEED_OPTION,
} as const satisfies Readonly<Record<string, OptionHelp>>

export const LAB: readonly string[] = [
  'Without --tap nothing but this program is needed: the other end is a simulated Arduino Uno at 192.168.7.2 with all',
  'services, this end is 192.168.7.1, and time is simulated. With --tap and --address it is this machine’s kernel.',
]
