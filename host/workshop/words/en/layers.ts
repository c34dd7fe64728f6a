/** Of the station of the seven layers. Fields of headers have the names of RFC 791, RFC 9293 and RFC 768. */
export const LAYERS_EN = {
  'layers.set.text': 'Text for the board',
  'layers.set.at': 'Look at',
  'layers.set.model': 'Layers after',
  'layers.set.transport': 'Transport',
  'layers.set.spoil': 'Spoil the message at',
  'layers.act.copy': 'take another copy apart',
  'layers.model.osi': 'OSI: seven',
  'layers.model.tcpip': 'TCP/IP: four',
  'layers.transport.tcp': 'TCP',
  'layers.transport.udp': 'UDP',
  'layers.spoil.none': 'nothing',
  'layers.spoil.command': '7: an unknown command',
  'layers.spoil.encoding': '6: UTF-16, not UTF-8',
  'layers.spoil.session': '5: no greeting before it',
  'layers.spoil.port': '4: another port',
  'layers.spoil.transport-checksum': '4: a wrong checksum',
  'layers.spoil.ip-address': '3: another IP address',
  'layers.spoil.ip-checksum': '3: a wrong header checksum',
  'layers.spoil.mac': '2: another station address',
  'layers.spoil.ether-type': '2: another type',
  'layers.spoil.fcs': '2: a bit turned over on the wire',
  'layers.spoil.silence': '1: a broken conductor',

  'layers.name.7': '7 application',
  'layers.name.6': '6 presentation',
  'layers.name.5': '5 session',
  'layers.name.4': '4 transport',
  'layers.name.3': '3 network',
  'layers.name.2': '2 data link',
  'layers.name.1': '1 physical',
  'layers.tcpip.application': 'application',
  'layers.tcpip.transport': 'transport',
  'layers.tcpip.internet': 'internet',
  'layers.tcpip.link': 'link',
  'layers.tcpip.why':
    'RFC 1122 1.1.3 has four layers: application does what OSI calls application, presentation and session; link is data link and physical together.',
  'layers.at.d7': '↓ 7 application',
  'layers.at.d6': '↓ 6 presentation',
  'layers.at.d5': '↓ 5 session',
  'layers.at.d4': '↓ 4 transport',
  'layers.at.d3': '↓ 3 network',
  'layers.at.d2': '↓ 2 data link',
  'layers.at.d1': '↓ 1 physical',
  'layers.at.u1': '↑ 1 physical',
  'layers.at.u2': '↑ 2 data link',
  'layers.at.u3': '↑ 3 network',
  'layers.at.u4': '↑ 4 transport',
  'layers.at.u5': '↑ 5 session',
  'layers.at.u6': '↑ 6 presentation',
  'layers.at.u7': '↑ 7 application',
  'layers.next': 'next layer',
  'layers.previous': 'layer before',

  'layers.probe.wire': 'on the wire, at the board’s jack',
  'layers.probe.back': 'what the board’s computer sends',
  'layers.row.layers': 'layers',
  'layers.mark': ({ layer, part }: { layer: number; part: string }) => `${layer} ${part}`,
  'layers.part.preamble': 'preamble',
  'layers.part.ethernet': 'Ethernet',
  'layers.part.ip': 'IP',
  'layers.part.transport': 'transport',
  'layers.part.command': 'command',
  'layers.part.text': 'text',
  'layers.part.line-end': 'end of line',
  'layers.part.padding': 'padding',
  'layers.part.fcs': 'FCS',

  'layers.loss.open-pair': 'nothing arrives: a conductor is broken',
  'layers.loss.squelch': 'nothing arrives: too weak for the squelch',
  'layers.loss.delimiter': 'the start frame delimiter is not found',
  'layers.loss.unplugged': 'the cable is not plugged in',
  'layers.loss.ether-type': 'nobody here handles this type',
  'layers.loss.header-checksum': 'wrong header checksum',
  'layers.loss.address': 'for another IP address',
  'layers.loss.no-connection': 'no connection at this port',
  'layers.loss.port-closed': 'nobody listens at this port',
  'layers.loss.checksum': 'wrong checksum',
  'layers.loss.duplicate': 'it has arrived before',
  'layers.loss.session': '503: no greeting yet',
  'layers.loss.encoding': '501: that is no UTF-8',
  'layers.loss.command': '500: unknown command',

  'layers.teller': 'the sender',
  'layers.board-name': 'the receiver: a notice board',
  'layers.added': ({ octets }: { octets: number }) => `+${octets}`,
  'layers.removed': ({ octets }: { octets: number }) => `−${octets}`,
  'layers.box.down': ({ layer, octets }: { layer: string; octets: number }) =>
    `Down, layer ${layer}: adds ${octets} octets`,
  'layers.box.up': ({ layer }: { layer: string }) => `Up, layer ${layer}`,
  'layers.fields': 'Its header, as it was sent',
  'layers.dialogue': 'What they say to each other',
  'layers.copies': 'Copies of the message',
  'layers.nothing': 'Send a text: it will be taken apart here, from the frame that was really sent.',

  'layers.message.none': 'No message has been sent yet.',
  'layers.message': ({ text, octets }: { text: string; octets: number }) =>
    `The message: “${text}”, in a line of ${octets} octets.`,
  'layers.copy': ({ number, outcome }: { number: number; outcome: string }) => `Copy ${number}: ${outcome}.`,
  'layers.outcome.shown': 'it is on the board',
  'layers.outcome.underway': 'on its way',
  'layers.outcome.dropped': ({ layer, reason }: { layer: string; reason: string }) =>
    `dropped at layer ${layer}: ${reason}`,
  'layers.down.7': ({ command, text }: { command: string; text: string }) =>
    `Application, down: the program says “${text}” in the words of its protocol: “${command}” in front, an end of line behind. Such lines, and answers that begin with a number, are those of SMTP and FTP (RFC 5321, RFC 959).`,
  'layers.down.6': ({ characters, octets }: { characters: number; octets: number }) =>
    `Presentation, down: ${characters} characters become ${octets} octets of UTF-8 (RFC 3629). Encodings, compression and encryption live here. TCP/IP has no header for it: the program does it, or a library in it, such as TLS (not built here).`,
  'layers.down.6.utf-16': ({ characters, octets }: { characters: number; octets: number }) =>
    `Presentation, down: ${characters} characters become ${octets} octets of UTF-16, which nobody agreed on.`,
  'layers.down.5':
    'Session, down: no octet is added. Who speaks when, and that a greeting comes first, is a dialogue that the programs keep themselves, as in SMTP, FTP and Telnet; an RPC or a login session lives here too.',
  'layers.down.5.udp':
    'Session, down: no octet is added, and there is no dialogue: each datagram stands by itself, and nobody has to greet.',
  'layers.down.4.tcp': ({ octets, from, to }: { octets: number; from: number; to: number }) =>
    `Transport, down: a TCP header of ${octets} octets, from port ${from} to port ${to}. Its sequence number says where in the stream these octets belong; what is not acknowledged is sent again.`,
  'layers.down.4.udp': ({ octets, from, to }: { octets: number; from: number; to: number }) =>
    `Transport, down: a UDP header of ${octets} octets, from port ${from} to port ${to}. Nobody sends it again.`,
  'layers.down.3': ({ octets, from, to }: { octets: number; from: string; to: string }) =>
    `Network, down: an IPv4 header of ${octets} octets, from ${from} to ${to}.`,
  'layers.down.2': ({ octets }: { octets: number }) =>
    `Data link, down: the Ethernet header of 14 octets in front and the FCS of 4 behind, with padding where it is needed: a frame of ${octets} octets.`,
  'layers.down.1': ({ bits, time }: { bits: number; time: string }) =>
    `Physical, down: a preamble of 8 octets, and ${bits} bits in Manchester code leave in ${time} µs, as some 2.5 V one way or the other. The lanes show them.`,
  'layers.up.1': ({ octets }: { octets: number }) =>
    `Physical, up: the bits are recovered from the voltage, and the ${octets} octets of the preamble are done with.`,
  'layers.up.2': ({ octets }: { octets: number }) =>
    `Data link, up: the FCS is right, the address is ours, the type is IPv4. It takes off ${octets} octets.`,
  'layers.up.3': ({ octets }: { octets: number }) =>
    `Network, up: the header checksum is right, the address is ours. It takes off ${octets} octets.`,
  'layers.up.4': ({ octets }: { octets: number }) =>
    `Transport, up: the checksum is right, somebody has the port. It takes off ${octets} octets.`,
  'layers.up.5': 'Session, up: they have greeted each other, so the line is let through.',
  'layers.up.5.udp': 'Session, up: nothing to do, a datagram stands by itself.',
  'layers.up.6': ({ octets, characters }: { octets: number; characters: number }) =>
    `Presentation, up: ${octets} octets of UTF-8 become ${characters} characters.`,
  'layers.up.7': ({ text }: { text: string }) =>
    `Application, up: the command is known, and “${text}” is on the board.`,
  'layers.up.waits': ({ layer }: { layer: string }) => `Up, ${layer}: it has not come yet.`,
  'layers.up.never': ({ layer }: { layer: string }) => `Up, ${layer}: this copy never came here.`,
  'layers.up.dropped': ({ layer, reason }: { layer: string; reason: string }) =>
    `Up, ${layer}: dropped, and counted: ${reason}.`,
  'layers.line.teller': ({ text }: { text: string }) => `The sender says: ${text}`,
  'layers.line.board': ({ text }: { text: string }) => `The board answers: ${text}`,
  'layers.board.empty': 'The board shows nothing yet.',
  'layers.board': ({ text, count }: { text: string; count: number }) =>
    `The board shows: “${text}” (texts so far: ${count}).`,
  'layers.sends': ({ text, transport }: { text: string; transport: string }) =>
    `The sender gives “${text}” to its stack, over ${transport}.`,
  'layers.no-way': 'Nothing was sent: no connection comes about.',
  'layers.dropped': ({ layer, reason }: { layer: string; reason: string }) =>
    `The receiver drops it at layer ${layer}: ${reason}.`,
  'layers.shown': ({ text }: { text: string }) => `It is all the way up: the board shows “${text}”.`,
  'layers.answered': ({ text }: { text: string }) => `The board answers: ${text}`,
  'layers.fault': ({ fault }: { fault: string }) => `Broken: ${fault}. Here “the far end” is the receiver’s computer.`,

  'layers.task':
    'Bring a text of exactly six characters onto the board in a frame of exactly 88 octets, from destination to FCS.',
  'layers.task.solved': 'Six characters, 88 octets, all the way up: solved.',
  'layers.hint.sum': 'Add up what the layers add: “Hello!” makes a frame of how many octets? How many are missing?',
  'layers.hint.utf8':
    'Layer 6 makes octets of characters. In UTF-8 an “e” is one octet, an “é” two, a “你” three, an “😀” four.',
  'layers.hint.mix': 'Six characters, twelve octets: how many octets may each have? Mix them as you like.',
}
