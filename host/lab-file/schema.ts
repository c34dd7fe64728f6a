/**
 * The form of a lab file. Names are the file's own, and everything is addressed by them. What fields cannot be together is in
 * `problems.ts`; what each becomes, in `build.ts`.
 */
import * as v from 'valibot'
import { matchingField, oneOfField, pairField, textField, truthField, wholeField } from '../../boards/schema/fields.js'
import { SERVICES } from '../../firmware/services/service.js'
import { durationField, shareField } from './quantities.js'

/** The version of this form; another number where a file of the form before would be read as something else. */
export const LAB_FILE_VERSION = 1

const NAME = matchingField(
  'What it is called here',
  /^[A-Za-z][A-Za-z0-9-]*$/,
  'letters, digits and hyphens, a letter first',
)
const who = (title: string) => textField(title, 'the name of a board or host of this lab')

const pair = (title: string, description: string) =>
  v.pipe(pairField(textField(title)), v.title(title), v.description(description))

const ADDRESS = textField(
  'IPv4 address with its prefix length, or dhcp',
  'an address with its prefix length, as 192.168.7.2/24, or dhcp',
)
const GATEWAY = textField('First hop out of its network', 'a router’s address, as 192.168.7.1')
const NAME_SERVERS = v.array(textField('A name server', 'an address, as 192.168.7.1'))
const ADDRESSES6 = v.array(textField('An IPv6 address', 'an address with its prefix length, as 2001:db8:7::2/64'))
const PREFIXES6 = v.array(textField('A prefix', 'a prefix, as 2001:db8:7::/64'))
const STATION = matchingField(
  'Station address',
  /^[0-9a-fA-F][02468aceACE](?::[0-9a-fA-F]{2}){5}$/,
  'six octets in hexadecimal, as 02:00:00:00:00:02, the first one even (an individual address)',
)
const RUNNING = v.array(
  oneOfField(
    'A service',
    SERVICES.map(({ name }) => name),
  ),
)
const MEMORY = wholeField('What the buffers of its stack may take', 256, 1 << 30, 'octets')
const FAULTS = v.array(textField('Something that is broken', 'a fault, as miso-open or cable-noise:0.32V'))

const board = v.strictObject({
  board: textField(
    'Which board, of `linkpulse boards`',
    'a board, as uno, or avr:uno for one whose compiled firmware is executed',
  ),
  address: v.exactOptional(ADDRESS),
  gateway: v.exactOptional(GATEWAY),
  /** Without it: IPv4 alone. Empty: a link-local address, and what routers say. */
  ipv6: v.exactOptional(v.strictObject({ addresses: v.exactOptional(ADDRESSES6) })),
  nameServers: v.exactOptional(NAME_SERVERS),
  services: v.exactOptional(RUNNING),
  station: v.exactOptional(STATION),
  memory: v.exactOptional(MEMORY),
  powered: v.exactOptional(truthField('Its supply is on when the lab comes up')),
  serial: v.exactOptional(oneOfField('Its serial port is one of this computer, for other programs', ['pty'])),
  faults: v.exactOptional(FAULTS),
})

const ipv6 = v.strictObject({
  addresses: v.exactOptional(ADDRESSES6),
  gateways: v.exactOptional(v.array(textField('A router on its link', 'an address, as fe80::1'))),
  advertise: v.exactOptional(
    v.strictObject({
      prefixes: v.exactOptional(PREFIXES6),
      nameServers: v.exactOptional(v.array(textField('A name server', 'an address, as 2001:db8::53'))),
      otherConfiguration: v.exactOptional(truthField('Tells hosts to ask DHCPv6 for names')),
      managed: v.exactOptional(truthField('Tells hosts to ask DHCPv6 for addresses')),
    }),
  ),
  temporary: v.exactOptional(truthField('Has temporary addresses as well (RFC 8981)')),
  dhcp6: v.exactOptional(oneOfField('When it asks DHCPv6', ['auto', 'stateful', 'stateless'])),
  dhcp6Server: v.exactOptional(
    v.strictObject({
      nameServers: v.exactOptional(v.array(textField('A name server', 'an address, as 2001:db8::53'))),
      searchDomains: v.exactOptional(v.array(textField('A domain', 'a domain, as lab.test'))),
    }),
  ),
})

const DUPLEX = oneOfField('What its card negotiates', ['auto', 'half', 'full'])

const host = v.strictObject({
  address: ADDRESS,
  gateway: v.exactOptional(GATEWAY),
  ipv6: v.exactOptional(ipv6),
  nameServers: v.exactOptional(NAME_SERVERS),
  services: v.exactOptional(RUNNING),
  dhcpServer: v.exactOptional(
    v.strictObject({
      pool: pair('The first and the last address that it lends', 'two addresses, as [192.168.7.100, 192.168.7.199]'),
      lease: v.exactOptional(durationField('How long it lends them')),
      reserved: v.exactOptional(v.record(STATION, textField('Kept for that station', 'an address, as 192.168.7.50'))),
    }),
  ),
  /** Answers for this domain: every board and host with a fixed address by its name. */
  dnsZone: v.exactOptional(textField('Answers for this domain, with the names of this lab', 'a domain, as lab.test')),
  /** A router: passes datagrams on between its cards. */
  forwarding: v.exactOptional(truthField('Passes on datagrams for others: a router')),
  /** Its second card is NAME.eth1, its third NAME.eth2. */
  cards: v.exactOptional(
    v.array(
      v.strictObject({
        address: textField(
          'IPv4 address with its prefix length',
          'an address with its prefix length, as 192.168.8.1/24',
        ),
        ipv6: v.exactOptional(ipv6),
        mac: v.exactOptional(STATION),
        duplex: v.exactOptional(DUPLEX),
      }),
    ),
  ),
  duplex: v.exactOptional(DUPLEX),
  mac: v.exactOptional(STATION),
  memory: v.exactOptional(MEMORY),
  faults: v.exactOptional(FAULTS),
})

/** What stands on the way. An impaired one has two ports, and carries frames as badly as it says. */
const LAB_BOX_KINDS = ['switch', 'hub', 'impaired'] as const

const box = v.strictObject({
  kind: oneOfField('What it is', LAB_BOX_KINDS),
  ports: v.exactOptional(wholeField('Its ports, of a switch or hub', 2, 250, 'ports')),
  duplex: v.exactOptional(DUPLEX),
  loss: v.exactOptional(shareField('Frames that get lost')),
  duplicate: v.exactOptional(shareField('Frames that are sent twice')),
  reorder: v.exactOptional(shareField('Frames that others overtake')),
  corrupt: v.exactOptional(shareField('Frames of which a bit is changed, with a right FCS behind')),
  mark: v.exactOptional(shareField('Datagrams that get the mark of congestion (RFC 3168)')),
  delay: v.exactOptional(durationField('How long each frame is held back')),
  jitter: v.exactOptional(durationField('The most that is added to the delay')),
  longest: v.exactOptional(wholeField('Longer frames get lost', 60, 1514, 'octets')),
})

const cable = v.strictObject({
  /** `desk`, `router.eth1`, `sw.3`; of a box without a number its next free port. */
  between: pair('The jacks that its ends are in', 'two jacks of this lab, as [desk, sw.3] or [desk, router.eth1]'),
  name: v.exactOptional(NAME),
  length: v.exactOptional(
    v.pipe(v.number(), v.minValue(0), v.maxValue(10_000), v.title('Its length'), v.description('metres, 0 to 10000')),
  ),
  category: v.exactOptional(
    v.pipe(
      // YAML reads 3 as a number.
      v.union([v.picklist(['3', '5e', '6']), v.picklist([3, 6])]),
      v.title('Its category'),
      v.description('one of 3, 5e, 6'),
    ),
  ),
  wiring: v.exactOptional(oneOfField('How its plugs are wired', ['straight', 'crossover', 'split-pair'])),
  plugged: v.exactOptional(truthField('It is plugged in when the lab comes up')),
  /** Two on the network have one address, and are meant to. */
  sameAddresses: v.exactOptional(truthField('Two on this network have one address, and are meant to')),
  faults: v.exactOptional(FAULTS),
})

const capture = v.strictObject({
  file: matchingField(
    'Where the frames go, in the folder of the captures',
    /^[A-Za-z0-9_][A-Za-z0-9_.-]*\.pcapng$/,
    'the name of a file that ends in .pcapng, without a folder',
  ),
  at: v.exactOptional(
    v.array(textField('A jack, or a cable', 'a name of this lab, as desk, sw.3, router.eth1 or cable-1')),
  ),
})

const WHO = v.pipe(
  v.union([v.literal('all'), v.array(v.string())]),
  v.title('Whose links are up and addresses in use'),
  v.description('all, or a list of boards and hosts'),
)

/** What a step does: exactly one of them. */
export const ACTIONS = [
  'wait',
  'expect',
  'ping',
  'get',
  'plug',
  'unplug',
  'break',
  'powerOn',
  'powerOff',
  'reset',
] as const

const step = v.strictObject({
  at: v.exactOptional(durationField('Not before this instant, from when the lab came up')),
  wait: v.exactOptional(durationField('Lets time pass')),
  expect: v.exactOptional(
    v.strictObject({
      up: v.exactOptional(WHO),
      down: v.exactOptional(v.array(who('Whose link is down'))),
      within: v.exactOptional(durationField('How long it may take; 30 s where left out')),
    }),
  ),
  ping: v.exactOptional(
    v.strictObject({
      from: who('Who asks'),
      to: textField('Who is asked', 'a name of this lab, a name that DNS knows, or an address'),
      count: v.exactOptional(wholeField('How often; 3 where left out', 1, 100_000, 'pings')),
      size: v.exactOptional(wholeField('Data in each; 56 where left out', 0, 65_507, 'octets')),
      answered: v.exactOptional(
        oneOfField('How many are to be answered; all where left out', ['all', 'some', 'none', 'any']),
      ),
    }),
  ),
  get: v.exactOptional(
    v.strictObject({
      from: who('Who asks'),
      url: matchingField(
        'What for',
        /^http:\/\/[^\s/?#]+(?:[/?][!-~]*)?$/,
        'an address of HTTP, as http://desk/ or http://192.168.7.2/',
      ),
      status: v.exactOptional(wholeField('What the server is to answer; 200 where left out', 100, 599, 'status')),
      contains: v.exactOptional(textField('What is to stand in the page')),
    }),
  ),
  plug: v.exactOptional(textField('Plugs in', 'the name of a cable of this lab')),
  unplug: v.exactOptional(textField('Pulls out', 'the name of a cable of this lab')),
  break: v.exactOptional(
    v.strictObject({
      what: textField('What is broken', 'the name of a board, host or cable of this lab'),
      fault: textField('How', 'a fault, as cable-noise:0.32V'),
    }),
  ),
  powerOn: v.exactOptional(who('Switches on its supply')),
  powerOff: v.exactOptional(who('Switches off its supply')),
  reset: v.exactOptional(who('Presses its reset button')),
})

export const LAB_FILE = v.pipe(
  v.strictObject({
    $schema: v.exactOptional(textField('Where the schema of a lab file is published')),
    version: v.exactOptional(
      v.pipe(v.literal(LAB_FILE_VERSION), v.title('Version of the form'), v.description(`${LAB_FILE_VERSION}`)),
    ),
    title: v.exactOptional(textField('What it shows')),
    seed: v.exactOptional(wholeField('Decides what is left to chance; 1 where left out', 0, 0xffff_ffff, 'seed')),
    pace: v.exactOptional(oneOfField('How fast its time passes', ['free', 'wall'])),
    duration: v.exactOptional(durationField('How long it runs, in its own time')),
    until: v.exactOptional(v.strictObject({ up: WHO })),
    boards: v.exactOptional(v.record(NAME, board)),
    hosts: v.exactOptional(v.record(NAME, host)),
    boxes: v.exactOptional(v.record(NAME, box)),
    cables: v.exactOptional(v.array(cable)),
    captures: v.exactOptional(v.array(capture)),
    steps: v.exactOptional(v.array(step)),
  }),
  v.title('A lab, as linkpulse lab up takes it'),
)

export type LabDefinition = v.InferOutput<typeof LAB_FILE>
export type BoardEntry = v.InferOutput<typeof board>
export type HostEntry = v.InferOutput<typeof host>
export type CardIpv6Entry = v.InferOutput<typeof ipv6>
export type BoxEntry = v.InferOutput<typeof box>
export type CableEntry = v.InferOutput<typeof cable>
export type StepEntry = v.InferOutput<typeof step>
export type UpEntry = v.InferOutput<typeof WHO>
