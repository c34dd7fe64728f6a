type Called<Values = object> = Values & { readonly program: string; readonly code: string }
type Numbered<Values = object> = Values & { readonly end: string; readonly number: number; readonly place: string }

/** Of the socket station. Names of calls and errors are those of POSIX, in every language. */
export const SOCKET_EN = {
  'socket.set.text': 'Text that the client writes',
  'socket.set.type': 'Type of the sockets (both computers restart)',
  'socket.set.family': 'Address family',
  'socket.set.bindto': 'The server binds',
  'socket.set.port': 'to port',
  'socket.set.toport': 'The client goes to port',
  'socket.type.stream': 'SOCK_STREAM: a stream, TCP',
  'socket.type.datagram': 'SOCK_DGRAM: datagrams, UDP',
  'socket.family.ipv4': 'AF_INET: IPv4',
  'socket.family.ipv6': 'AF_INET6: IPv6',
  'socket.family.ipv6.why':
    'Our stack speaks IPv6, but has no room for it on this page, where socket(AF_INET6) gives −1 EAFNOSUPPORT. See it with: linkpulse net up --address6',
  'socket.bindto.any': '0.0.0.0: any address it has',
  'socket.bindto.own': '192.168.7.1: that of its card',
  'socket.bindto.loopback': '127.0.0.1: itself only',
  'socket.act.client-step': 'client: next call',
  'socket.act.server-step': 'server: next call',
  'socket.act.file-step': 'file: next call',
  'socket.next': 'next call',
  'socket.again': 'try again',
  'socket.run': 'run on',

  'socket.program.client': 'Client',
  'socket.program.server': 'Server',
  'socket.program.file': 'Client, file',
  'socket.code.file': 'beside it, a file',
  'socket.table': 'Descriptors of this program',
  'socket.below': 'What the stack has below',
  'socket.below.nothing': 'nothing',
  'socket.column.number': 'number',
  'socket.column.kind': 'what',
  'socket.column.queues': 'queues',
  'socket.column.queues.title':
    'Of a socket: octets to be read / octets not yet acknowledged. Of a file: position / size.',
  'socket.kind.terminal': 'terminal',
  'socket.kind.file': 'file',
  'socket.kind.stream': 'stream',
  'socket.kind.datagram': 'datagram',
  'socket.state.waits': 'waits in this call',
  'socket.state.ended': 'the program has ended',
  'socket.lit':
    'Lit: what the last call, or the one that you press, used and caused. What is not lit goes back to no call: a timer sent it.',

  'socket.caused': ({ what }: { what: string }) => `Segments on its account: ${what}.`,
  'socket.lane.calls': 'calls',
  'socket.lane.none': ({ end }: { end: string }) => `${end}: no call waits.`,
  'socket.lane.waits': ({ end, call }: { end: string; call: string }) => `${end}: ${call} waits.`,

  'socket.call.next': ({ program, code }: Called) => `${program}: ${code} comes next.`,
  'socket.call.done': ({ program, code, value, what }: Called<{ value: string; what: string }>) =>
    `${program}: ${code} gives ${value}: ${what}.`,
  'socket.call.waits': ({ program, code, what }: Called<{ what: string }>) =>
    `${program}: ${code} is blocked: it waits ${what}.`,
  'socket.call.failed': ({ program, code, error }: Called<{ error: string }>) =>
    `${program}: ${code} gives −1, errno ${error}.`,
  'socket.waits-still': ({ program }: { program: string }) =>
    `${program}: the call is blocked. No other can be made until it comes back.`,
  'socket.waits.accept': 'until a client has connected',
  'socket.waits.connect': 'for the three-way handshake',
  'socket.waits.read': 'until octets arrive, or the other end closes',
  'socket.waits.recvfrom': 'until a datagram arrives',
  'socket.waits.write': 'until there is room in the send buffer',
  'socket.did.socket': ({ descriptor }: { descriptor: number }) =>
    `descriptor ${descriptor} is a socket now, and nothing is sent`,
  'socket.did.open': ({ descriptor }: { descriptor: number }) => `descriptor ${descriptor} is a file now`,
  'socket.did.accept': ({ descriptor }: { descriptor: number }) =>
    `a connection that was complete is descriptor ${descriptor}, and the listening socket listens on`,
  'socket.did.bind': 'the local address and port are taken, and nothing is sent',
  'socket.did.listen': 'from now on the stack answers SYNs itself, also before accept; nothing is sent',
  'socket.did.connect': 'the three-way handshake is done',
  'socket.did.write': 'the octets are taken over; they are on their way, and nobody has read them yet',
  'socket.did.write-file': 'they are in the file, and where the next are read or written has moved on',
  'socket.did.close-file': 'the number is free again, and the file stays',
  'socket.did.sendto': 'the datagram has left, and nobody will say whether it arrives',
  'socket.did.read': ({ text }: { text: string }) => `octets taken out: ${text}`,
  'socket.did.end': 'the end: nothing more will come',
  'socket.did.lseek': 'back at the beginning; a socket cannot do that',
  'socket.did.close': 'the number is free again; what is below comes to its own end',
  'socket.fd.terminal': ({ end, number, place }: Numbered) => `${end}: descriptor ${number} is the terminal, ${place}.`,
  'socket.fd.file': ({ end, number, place }: Numbered) => `${end}: descriptor ${number} is the file ${place}.`,
  'socket.fd.stream': ({ end, number, place, state }: Numbered<{ state: string }>) =>
    `${end}: descriptor ${number} is a stream socket ${place}, ${state}.`,
  'socket.fd.datagram': ({ end, number, place }: Numbered<{ state: string }>) =>
    `${end}: descriptor ${number} is a datagram socket ${place}.`,
  'socket.stack': ({
    end,
    protocol,
    state,
    local,
    remote,
  }: {
    end: string
    protocol: string
    state: string
    local: string
    remote: string
  }) => `${end}, in the stack: ${protocol} ${state}, ${local} with ${remote}.`,

  'socket.task':
    'The server runs, and yet the client is told ECONNREFUSED. Find out why, and let the client read its own text back.',
  'socket.task.solved': 'The client has read back over the connection what it wrote: solved.',
  'socket.hint.error': 'Step the server up to accept, then the client to connect. Who answered the SYN, and with what?',
  'socket.hint.who': 'A RST comes from a computer that is there and has nobody for that address and port.',
  'socket.hint.address': 'A socket bound to 127.0.0.1 takes only what this very computer sends to itself.',
}
