/** Of the frame station, and why frames go no further, which other stations say too. */
export const FRAME_EN = {
  'frame.set.text': 'Payload: text',
  'frame.set.to': 'Destination address',
  'frame.set.from': 'Source address',
  'frame.set.type': 'Type, or length below 0600 (hex)',
  'frame.set.box': 'Between the stations',
  'frame.set.b': 'Receive filter of B',
  'frame.set.c': 'Receive filter of C',
  'frame.set.flips': 'Bits turned over (0 is the first of the preamble)',
  'frame.set.where': 'They are turned over',
  'frame.set.offset': 'D begins later than A by',
  'frame.act.send': 'send',
  'frame.act.both': 'A and D send at once',
  'frame.act.hello': 'a station greets everybody',
  'frame.hub': 'a hub',
  'frame.switch': 'a switch',
  'frame.filter.usual': 'its own address, broadcast',
  'frame.filter.own': 'its own address',
  'frame.filter.groups': 'its own, broadcast, every group',
  'frame.filter.hash': 'its own, a group by its hash',
  'frame.filter.all': 'everything (promiscuous)',
  'frame.filter.raw': 'everything, wrong FCS too',
  'frame.filter.card': 'its own, every group',
  'frame.where.a': 'on A’s cable: for everybody',
  'frame.where.b': 'on B’s cable: for B alone',
  'frame.suggest.group': 'group: multicast DNS',
  'frame.suggest.same-hash': 'a group with the same hash',
  'frame.suggest.nobody': 'nobody here',
  'frame.suggest.experimental': 'local experiments',
  'frame.suggest.ipv4': 'IPv4',
  'frame.suggest.arp': 'ARP',
  'frame.suggest.control': 'MAC control',
  'frame.suggest.length': 'a length: 46 octets',

  'frame.probe.a': 'what comes from A, at the box',
  'frame.probe.b': 'what B hears',
  'frame.probe.c': 'what C hears',
  'frame.probe.d': 'what D hears',
  'frame.probe.d-out': 'what D sends',
  'frame.row.packet': 'packet',
  'frame.packet.fragment': 'fragment: shorter than 64 octets',
  'frame.packet.bad-fcs': 'FCS wrong',

  'frame.field.preamble': 'preamble',
  'frame.field.delimiter': 'start frame delimiter',
  'frame.field.destination': 'destination',
  'frame.field.source': 'source',
  'frame.field.type': 'type',
  'frame.field.length': 'length',
  'frame.field.payload': 'payload',
  'frame.field.padding': 'padding',
  'frame.field.fcs': 'FCS',
  'frame.octets': 'The frame, octet by octet, as it goes out. Arrow keys go from octet to octet.',
  'frame.octet': ({ number, field, hex }: { number: number; field: string; hex: string }) =>
    `octet ${number}, ${field}: ${hex}`,
  'frame.octet.turned': ({
    number,
    field,
    hex,
    becomes,
  }: {
    number: number
    field: string
    hex: string
    becomes: string
  }) => `octet ${number}, ${field}: ${hex}, arrives as ${becomes}`,
  'frame.bits': ({ number, field }: { number: number; field: string }) =>
    `Octet ${number}, ${field}: its bits in the order in which they go out, the lowest first. Press one to turn it over on the wire.`,
  'frame.bit': ({ bit, value }: { bit: number; value: number }) => `bit ${bit}: ${value}`,
  'frame.clear': 'turn none over',
  'frame.tries': 'Who tried when',
  'frame.slots': ({ slots }: { slots: number }) => `${slots} slot${slots === 1 ? '' : 's'}`,
  'frame.hello': ({ end }: { end: string }) => `${end} greets everybody`,
  'frame.at.taken': ({ count }: { count: number }) => `taken: ${count}`,

  'frame.end.a': 'A',
  'frame.end.b': 'B',
  'frame.end.c': 'C',
  'frame.end.d': 'D',
  'frame.address.broadcast': 'everybody (broadcast)',
  'frame.address.group': ({ address }: { address: string }) => `the group ${address}`,
  'frame.address.nobody': ({ address }: { address: string }) => `${address}, which is nobody here`,
  'frame.frame': ({
    octets,
    to,
    from,
    type,
    text,
    padding,
    fcs,
  }: {
    octets: number
    to: string
    from: string
    type: string
    text: string
    padding: number
    fcs: string
  }) =>
    `The frame: ${octets} octets from destination to FCS. To ${to}, from ${from}, type or length ${type}, “${text}”, ${padding} octets of padding, FCS ${fcs}.`,
  'frame.turned': ({ count, places, cable }: { count: number; places: string; cable: string }) =>
    `${count} bit${count === 1 ? '' : 's'} of it will be turned over on the cable of ${cable} (octet.bit): ${places}.`,
  'frame.box.hub': ({ collisions }: { collisions: number }) =>
    `The hub repeats every bit to all other ports. Collisions at its ports: ${collisions}.`,
  'frame.box.switch': ({ known, forwarded, flooded }: { known: string; forwarded: number; flooded: number }) =>
    `The switch takes frames whole and knows where these are: ${known}. Sent out of one port: ${forwarded}, out of all: ${flooded}.`,
  'frame.box.switch.empty': ({ flooded }: { flooded: number }) =>
    `The switch takes frames whole and knows nobody yet. Sent out of all ports: ${flooded}.`,
  'frame.box.is-hub': 'The hub',
  'frame.box.is-switch': 'The switch',
  'frame.at': ({ end, taken, reasons }: { end: string; taken: number; dropped: number; reasons: string }) =>
    `${end} has taken ${taken}, and dropped: ${reasons}.`,
  'frame.at.clean': ({ end, taken }: { end: string; taken: number }) => `${end} has taken ${taken}, and dropped none.`,
  'frame.at.down': ({ end }: { end: string }) => `${end} has no link.`,
  'frame.times': ({ count, reason }: { count: number; reason: string }) => `${count} × ${reason}`,
  'frame.list': ({ list, next }: { list: string; next: string }) => `${list}, ${next}`,
  'frame.sends': ({ end, to, text }: { end: string; to: string; text: string }) =>
    `${end} has a frame to send, to ${to}: “${text}”.`,
  'frame.no-link': ({ end }: { end: string }) => `${end} cannot send: it has no link.`,
  'frame.taken': ({ end, text }: { end: string; text: string }) => `${end} takes a frame: “${text}”.`,
  'frame.dropped': ({ end, reason }: { end: string; reason: string }) => `${end} drops what it heard: ${reason}.`,
  'frame.backoff': ({
    end,
    attempt,
    slots,
    highest,
  }: {
    end: string
    attempt: number
    slots: number
    of: number
    highest: number
  }) =>
    `${end} collides (${attempt} in a row), jams, draws ${slots} from 0 to ${highest}: it waits ${slots} × 51.2 µs.`,
  'frame.attempt.sent': ({ end }: { end: string }) => `${end} has sent its frame whole.`,
  'frame.attempt.broken': ({ end }: { end: string }) => `${end} broke a frame off, or sent it spoilt.`,
  'frame.fault': ({ fault }: { fault: string }) => `Broken: ${fault}. Here “the far end” is B, and “the sender” is A.`,

  'reason.fcs': 'wrong FCS',
  'reason.bad-frame': 'taken by the chip although its FCS is wrong, then dropped by the driver',
  'reason.address': 'for another station',
  'reason.filter': 'the receive filter does not want it',
  'reason.runt': 'shorter than 64 octets',
  'reason.collision': 'fragment of a collision',
  'reason.alignment': 'wrong FCS, and no whole number of octets',
  'reason.too-long': 'longer than 1518 octets',
  'reason.control': 'a MAC control frame, which ends in the chip',
  'reason.no-link': 'no link',
  'reason.inverted': 'the pair’s conductors are exchanged',
  'reason.late-collision': 'late collision: the frame is given up',
  'reason.excessive-collisions': 'sixteen collisions: the frame is given up',
  'reason.same-port': 'its destination is where it came from',
  'reason.group-source': 'its source is a group, which no station is',
  'reason.reserved': 'for the box itself: such addresses are not passed on',

  'frame.task': 'Make a frame from A reach B whole, and no other station: C and D must not take it.',
  'frame.task.solved': 'B took the frame whole, and nobody else did: solved.',
  'frame.hint.fcs':
    'Nobody takes what arrives with a wrong FCS. Is a bit of the frame turned over? It stands in red among the octets.',
  'frame.hint.destination': 'Everybody takes a broadcast. What is B’s address?',
  'frame.hint.filter':
    'A hub repeats to everybody, so it is the receiver that must turn a frame down. Look at C’s receive filter.',
}
