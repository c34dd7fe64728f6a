/** Of the packets station. Addresses, signs of frames and names of protocols are the same in every language. */
export const PACKETS_EN = {
  'packets.set.to': 'Ping whom',
  'packets.set.ttl': 'Time to live (TTL)',
  'packets.set.size': 'Data octets of the ping',
  'packets.set.mask': 'The board’s netmask',
  'packets.set.gateway': 'The board’s gateway',
  'packets.set.mtu': 'MTU between the routers',
  'packets.set.lost': 'Gets lost between the routers',
  'packets.mask.16': '/16 · 255.255.0.0',
  'packets.mask.24': '/24 · 255.255.255.0',
  'packets.mask.28': '/28 · 255.255.255.240',
  'packets.to.far': 'the far host, 192.168.9.2',
  'packets.to.neighbour': 'the neighbour, 192.168.7.20',
  'packets.to.router-a': 'router A, 192.168.7.1',
  'packets.to.router-b': 'router B, 192.168.8.2',
  'packets.to.nobody': '192.168.7.99, which nobody has',
  'packets.to.nowhere': '10.1.2.3, on no network here',
  'packets.gateway.none': 'none',
  'packets.lost.none': 'nothing',
  'packets.lost.first': 'each first fragment',
  'packets.lost.later': 'each fragment but the first',
  'packets.lost.all': 'every datagram',
  'packets.act.ping': 'ping',
  'packets.act.forget': 'empty all ARP tables',

  'packets.node.board': 'board',
  'packets.node.neighbour': 'neighbour',
  'packets.node.router-a': 'router A',
  'packets.node.router-b': 'router B',
  'packets.node.far': 'far host',
  'packets.segment.board': 'board – switch',
  'packets.segment.neighbour': 'neighbour – switch',
  'packets.segment.router-a': 'switch – router A',
  'packets.segment.transit': 'router A – router B',
  'packets.segment.far': 'router B – far host',
  'packets.segment.in': ({ segment }: { segment: string }) => `The cable ${segment} is plugged in.`,
  'packets.segment.out': ({ segment }: { segment: string }) => `The cable ${segment} is not plugged in.`,
  'packets.row.right': 'to the right',
  'packets.row.left': 'to the left',
  'packets.lane': ({ segment, frames }: { segment: string; frames: number }) =>
    `${segment}: ${frames} frame${frames === 1 ? '' : 's'} in what is shown.`,
  'packets.mtu': ({ mtu }: { mtu: number }) => `Between the routers an IP datagram may have ${mtu} octets (MTU).`,
  'packets.pending': ({ pending }: { pending: number }) =>
    `${pending} ping${pending === 1 ? '' : 's'} waiting for an answer.`,
  'packets.node': ({ node, addresses }: { node: string; addresses: string }) => `${node}: ${addresses}`,
  'packets.arp': ({ node, address, mac }: { node: string; address: string; mac: string }) =>
    `ARP table, ${node}: ${address} is at ${mac}.`,
  'packets.route.link': ({ node, to }: { node: string; to: string; via: string }) =>
    `Route, ${node}: ${to} is on the link.`,
  'packets.route.via': ({ node, to, via }: { node: string; to: string; via: string }) =>
    `Route, ${node}: ${to} by the router ${via}.`,

  'packets.ping': ({ to, octets, ttl }: { to: string; octets: number; ttl: number }) =>
    `The board pings ${to}: ${octets} octets of data, TTL ${ttl}.`,
  'packets.forgot': 'All ARP tables are empty: whoever sends next has to ask first.',
  'packets.lost': 'Lost between the routers.',
  'packets.lost.cable': 'The frame does not get there whole.',
  'packets.broken': 'Something is broken on the board’s cable or at router A; everything is started anew.',
  'packets.mended': 'Mended; everything is started anew.',

  'packets.frame.on': ({ segment, frame }: { segment: string; frame: string }) => `${segment}: ${frame}`,

  'packets.result.reply': (values: { from: string; octets: number; milliseconds: string; ttl: number }) =>
    `Answer from ${values.from}: ${values.octets} octets after ${values.milliseconds} ms, TTL ${values.ttl} when it came.`,
  'packets.result.none': ({ to }: { to: string }) => `No answer from ${to} within four seconds.`,
  'packets.result.exceeded': ({ from }: { from: string }) => `Time exceeded, says ${from}.`,
  'packets.result.no-way': ({ to }: { to: string }) => `The board has no route to ${to}.`,
  'packets.result.no-arp': ({ to }: { to: string }) =>
    `${to} cannot be reached: nobody answers the board’s ARP requests.`,
  'packets.result.unreachable': ({ from, to }: { from: string; to: string }) =>
    `${to} cannot be reached, says ${from}.`,
  'packets.result.refused': 'The board could not send: no link, or no memory.',
  'packets.result.altered': 'An answer came with other data than was sent.',
  'packets.hop': ({ ttl, outcome }: { ttl: number; outcome: string }) => `TTL ${ttl}: ${outcome}`,
  'packets.datagram.whole': ({ by, identification, count, octets }: DatagramValues & { octets: number }) =>
    `Datagram ${identification} for ${by}: ${count} fragments, ${octets} octets, whole.`,
  'packets.datagram.partly': ({ by, identification, count, at }: DatagramValues & { at: number }) =>
    `Datagram ${identification} for ${by}: ${count} fragment${count === 1 ? '' : 's'} so far, something is missing from octet ${at} on.`,

  'packets.stage.picture': 'The network: board and neighbour at a switch, router A, router B, the far host',
  'packets.stage.switch': 'switch',
  'packets.stage.tables': 'ARP tables and routes',
  'packets.stage.frames': 'Frames, the newest first: press one to see its headers',
  'packets.stage.headers': 'Headers of the frame',
  'packets.stage.hops': 'What came of it, by TTL: a traceroute by hand',
  'packets.stage.datagrams': 'Datagrams in fragments',
  'packets.stage.arp': 'ARP table',
  'packets.stage.routes': 'routes',
  'packets.stage.on-link': 'on the link',
  'packets.stage.none': 'empty',
  'packets.stage.no-frames': 'No frame has passed yet. Ping somebody.',

  'packets.task': 'The board does not reach the far host, 192.168.9.2. Make a ping of it answered.',
  'packets.task.solved': 'The far host has answered the board: solved.',
  'packets.hint.arp':
    'Ping, and look at the first frame: whom does the board ask for by ARP? Is that somebody on its link?',
  'packets.hint.gateway':
    'What is for another network goes to a router. Look at who has the address that is the board’s gateway.',
  'packets.hint.ttl':
    'Each router takes one off the TTL, and the one that takes the last says so. Count the routers. Right is: netmask /24, gateway 192.168.7.1, TTL 3 or more.',
}

type DatagramValues = {
  readonly by: string
  readonly identification: number
  readonly count: number
}
