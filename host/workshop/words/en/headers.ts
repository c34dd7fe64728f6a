/** Of frames and their headers, at every station. Fields have the names of IEEE 802.3, RFC 791, RFC 792, RFC 9293 and RFC 768. */
export const HEADERS_EN = {
  'header.layer.ethernet': 'Ethernet',
  'header.layer.arp': 'ARP',
  'header.layer.ipv4': 'IPv4',
  'header.layer.icmp': 'ICMP',
  'header.layer.tcp': 'TCP',
  'header.layer.udp': 'UDP',
  'header.layer.data': 'data',
  'header.table.field': 'field',
  'header.table.value': 'value',
  'header.table.octets': 'octets',

  'header.field.destination': 'Destination Address',
  'header.field.source': 'Source Address',
  'header.field.type': 'Type',
  'header.field.pad': 'Pad',
  'header.field.fcs': 'Frame Check Sequence',
  'header.field.hardware': 'Hardware Type',
  'header.field.protocol-type': 'Protocol Type',
  'header.field.lengths': 'Lengths of Addresses',
  'header.field.operation': 'Operation',
  'header.field.sender-mac': 'Sender’s MAC',
  'header.field.sender-address': 'Sender’s IP',
  'header.field.target-mac': 'Target’s MAC',
  'header.field.target-address': 'Target’s IP',
  'header.field.version': 'Version, IHL',
  'header.field.service': 'Type of Service',
  'header.field.total-length': 'Total Length',
  'header.field.identification': 'Identification',
  'header.field.fragment': 'Flags, Fragment Offset',
  'header.field.ttl': 'Time to Live',
  'header.field.protocol': 'Protocol',
  'header.field.header-checksum': 'Header Checksum',
  'header.field.options': 'Options',
  'header.field.icmp-type': 'Type',
  'header.field.code': 'Code',
  'header.field.checksum': 'Checksum',
  'header.field.identifier': 'Identifier',
  'header.field.icmp-sequence': 'Sequence Number',
  'header.field.rest': 'Rest of Header',
  'header.field.source-port': 'Source Port',
  'header.field.destination-port': 'Destination Port',
  'header.field.sequence': 'Sequence Number',
  'header.field.acknowledgement': 'Acknowledgment Number',
  'header.field.data-offset': 'Data Offset',
  'header.field.control-bits': 'Control Bits',
  'header.field.window': 'Window',
  'header.field.urgent': 'Urgent Pointer',
  'header.field.length': 'Length',
  'header.field.data': 'data',
  'header.icmp.echo': '8, echo request',
  'header.icmp.echo-reply': '0, echo reply',
  'header.icmp.time-exceeded': '11, time exceeded',
  'header.icmp.unreachable': '3, destination unreachable',
  'header.icmp.redirect': '5, redirect',
  'header.value.request': '1, request',
  'header.value.reply': '2, reply',
  'header.value.right': ({ sum }: { sum: string }) => `${sum}, right`,
  'header.value.wrong': ({ sum }: { sum: string }) => `${sum}, wrong`,
  'header.value.octets': ({ octets }: { octets: number }) => `${octets} octets`,

  'header.fault.truncated': 'it ends too early',
  'header.fault.other-network': 'it is not about IPv4 on Ethernet',
  'header.fault.version': 'its version is not 4',
  'header.fault.header-length': 'its header cannot be so short',
  'header.fault.total-length': 'its total length cannot be so short',
  'header.fault.header-checksum': 'its header checksum is wrong',
  'header.fault.checksum': 'its checksum is wrong',
  'header.fault.data-offset': 'its data offset leads nowhere',
  'header.fault.option-length': 'an option has a length that cannot be',
  'header.fault.length': 'its length cannot be so short',

  'frame-sentence.arp-request': ({ sender, target }: { sender: string; target: string }) =>
    `ARP to everybody: who has ${target}? ${sender} asks.`,
  'frame-sentence.arp-reply': ({ sender, mac }: { sender: string; mac: string }) =>
    `ARP reply: ${sender} is at ${mac}.`,
  'frame-sentence.arp-announcement': ({ sender, mac }: { sender: string; mac: string }) =>
    `ARP to everybody: ${sender} is at ${mac}.`,
  'frame-sentence.echo': ({ from, to, ttl, sequence, octets }: EchoValues) =>
    `Echo request ${sequence} from ${from} to ${to}, TTL ${ttl}, ${octets} octets of data.`,
  'frame-sentence.reply': ({ from, to, ttl, sequence, octets }: EchoValues) =>
    `Echo reply ${sequence} from ${from} to ${to}, TTL ${ttl}, ${octets} octets of data.`,
  'frame-sentence.exceeded': ({ from, to }: { from: string; to: string; ttl: number }) =>
    `Time exceeded, from ${from} to ${to}: the TTL was used up there.`,
  'frame-sentence.reassembly': ({ from, to }: { from: string; to: string; ttl: number }) =>
    `Time exceeded, from ${from} to ${to}: the other fragments did not come in time.`,
  'frame-sentence.unreachable': ({ from, to, code }: { from: string; to: string; ttl: number; code: number }) =>
    `Destination unreachable (code ${code}), from ${from} to ${to}.`,
  'frame-sentence.fragment': ({ from, to, identification, offset, octets, ttl }: FragmentValues) =>
    `Fragment of datagram ${identification} from ${from} to ${to}: octets ${offset} to ${offset + octets}, more follow (MF), TTL ${ttl}.`,
  'frame-sentence.last-fragment': ({ from, to, identification, offset, octets, ttl }: FragmentValues) =>
    `Last fragment of datagram ${identification} from ${from} to ${to}: octets ${offset} to ${offset + octets}, TTL ${ttl}.`,
  'frame-sentence.tcp': ({ from, to, flags, sequence, acknowledgement }: SegmentValues & { acknowledgement: number }) =>
    `TCP ${flags} from ${from} to ${to}: seq ${sequence}, ack ${acknowledgement}.`,
  'frame-sentence.tcp-without-ack': ({ from, to, flags, sequence }: SegmentValues) =>
    `TCP ${flags} from ${from} to ${to}: seq ${sequence}.`,
  'frame-sentence.udp': ({ from, to, octets }: { from: string; to: string; octets: number }) =>
    `UDP from ${from} to ${to}, ${octets} octet${octets === 1 ? '' : 's'} of data.`,
  'frame-sentence.fault': ({ header, fault }: { header: string; fault: string }) =>
    `Nobody takes it: ${header}, ${fault}.`,
  'frame-sentence.other': ({ line }: { line: string }) => `${line}`,
}

type EchoValues = {
  readonly from: string
  readonly to: string
  readonly ttl: number
  readonly sequence: number
  readonly octets: number
}

type FragmentValues = {
  readonly from: string
  readonly to: string
  readonly identification: number
  readonly offset: number
  readonly octets: number
  readonly ttl: number
}

type SegmentValues = {
  readonly from: string
  readonly to: string
  readonly flags: string
  readonly sequence: number
}
