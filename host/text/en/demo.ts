/** What `linkpulse demo` says of the layers. */
import { counted } from './counted.js'

export const DEMO_WORDS = {
  'demo.about.http': 'a page, compressed, and a cookie by which the server knows its client again',
  'demo.about.https': 'the same inside of TLS: a certificate, then a session that is resumed',
  'demo.about.http2': 'requests side by side in one connection, in TLS',
  'demo.about.websocket': 'a request of HTTP, then messages both ways',
  'demo.about.ftp': 'a file and a list, each over a connection of its own, passive and active',
  'demo.about.telnet': 'a terminal: options, then keys that come back',
  'demo.about.ssh': 'keys, a password, a command and a file by SFTP',
  'demo.about.smtp': 'a letter is handed in, from STARTTLS on in TLS',
  'demo.about.pop3': 'a letter is fetched and deleted',
  'demo.about.mqtt': 'a sensor tells and a screen hears, by topic, through a broker',
  'demo.about.dns': 'a name becomes an address, by two datagrams',
  'demo.about.ntp': 'how far a clock is off, by four instants in two datagrams',
  'demo.lacks': ({ about, package: lacking }: { readonly about: string; readonly package: string }) =>
    `${about} (not installed here: npm install ${lacking})`,
  'demo.application': 'application',
  'demo.presentation': 'presentation',
  'demo.session': 'session',
  'demo.transport': 'transport',
  'demo.network': 'network',
  'demo.data-link': 'data link',
  'demo.physical': 'physical',
  'demo.client': 'client',
  'demo.server': 'server',
  'demo.line': ({ who, words }: { readonly who: string; readonly words: string }) => `${who}: ${words}`,
  'demo.begins': ({
    name,
    client,
    server,
  }: {
    readonly name: string
    readonly client: string
    readonly server: string
  }) => `${name}: a client on ${client}, a server on ${server}, 10BASE-T between them`,
  'demo.preamble': 'preamble, start frame delimiter',
  'demo.more': ({ octets }: { readonly octets: number }) => `${counted(octets, 'more octet')}`,
  'demo.on-the-wire': ({
    number,
    who,
    bits,
    time,
  }: {
    readonly number: number
    readonly who: string
    readonly bits: number
    readonly time: string
  }) =>
    `frame ${number}, from the ${who}: ${counted(bits, 'bit')}, each a change of voltage in its middle (Manchester), ${time} µs`,
  'demo.failed': ({ reason }: { readonly reason: string }) =>
    `the application failed: ${reason}; see above which packets came, or make the wire better (--impair)`,
  'demo.waits': ({ name, server, tap }: { readonly name: string; readonly server: string; readonly tap: string }) =>
    `${name}: a server on ${server}, at the TAP device ${tap}, until Ctrl-C`,
  'demo.try': ({ command }: { readonly command: string }) => `a client of yours: ${command}`,
  'demo.unpacked': ({
    packed,
    octets,
    characters,
  }: {
    readonly packed: number
    readonly octets: number
    readonly characters: number
  }) =>
    `gzip: ${counted(packed, 'octet')} become ${octets}; UTF-8: ${counted(octets, 'octet')} are ${counted(characters, 'character')}`,
  'demo.cookie': 'HTTP forgets each request; by the cookie that comes back the server knows the client again',
  'demo.tls': ({ version, cipher }: { readonly version: string; readonly cipher: string }) =>
    `${version} with ${cipher}: what is above is octets without a meaning on the wire`,
  'demo.full-handshake': 'a full handshake: certificate, signature, keys; the server gives a ticket for the next one',
  'demo.resumed': 'the session of before is resumed by its ticket: no certificate is sent this time',
  'demo.passive': 'a session of two connections; passive mode: the server says where it waits for the second one',
  'demo.active': 'active mode: the client says where it waits, and the server calls back',
  'demo.telnet-options':
    'options are settled in the stream itself: IAC (255), what one will or wants, and which option',
  'demo.telnet-echo':
    'from here on each key goes to the server and comes back: what the screen shows was across the wire',
  'demo.starttls': 'from plain text to TLS in the same connection',
  'demo.starttls-again': 'what was agreed in clear is forgotten, and the session begins anew',
  'demo.mime': 'characters become octets (UTF-8), and these letters of ASCII (base64) that every relay lets pass',
  'demo.mime-read': ({ subject, body }: { readonly subject: string; readonly body: string }) =>
    `base64 and UTF-8 read again: “${subject}”, “${body}”`,
  'demo.pop3-states': 'a session has states: authorization, then transaction, then update, in which letters go at last',
  'demo.ssh-keys': ({
    exchange,
    hostKey,
    cipher,
  }: {
    readonly exchange: string
    readonly hostKey: string
    readonly cipher: string
  }) => `keys by ${exchange}, the server proved by ${hostKey}, all from here on in ${cipher}`,
  'demo.ssh-channels': 'one connection, several channels: a command and a file go side by side',
  'demo.no-session': 'no session: a question, an answer, a datagram each',
  'demo.dns-names': 'a name is labels with their lengths before them, a few octets for each',
  'demo.alpn': ({ protocol }: { readonly protocol: string }) =>
    `within the handshake of TLS both have settled what is spoken inside (ALPN): ${protocol}`,
  'demo.streams': 'one connection, and in it streams: the answers need not wait for each other',
  'demo.hpack': 'header fields go as numbers into tables that both ends keep (HPACK), not as text',
  'demo.upgraded':
    'the session of HTTP ends here: the same connection goes on as one of messages, and either end may speak first',
  'demo.masked': ({ octets, frame }: { readonly octets: number; readonly frame: number }) =>
    `UTF-8: ${counted(octets, 'octet')}, in a frame of ${frame}: two of header, four of mask; what a client sends is XORed with the mask, so that no proxy takes it for HTTP`,
  'demo.retained': 'the broker keeps the last word of a topic: who comes late hears it at once',
  'demo.will': 'the sensor went without a farewell: the broker speaks its will',
  'demo.mqtt-length': 'two octets are header enough: type and flags, then the length, seven bits an octet',
  'demo.ntp-fractions': 'an instant is 64 bits: seconds since 1900, and parts of 2^-32 s',
  'demo.segments': ({
    segments,
    connections,
    octets,
  }: {
    readonly segments: number
    readonly connections: number
    readonly octets: number
  }) =>
    `TCP: ${counted(segments, 'segment')} of ${counted(connections, 'connection')}, ${counted(octets, 'octet')} of data`,
  'demo.datagrams': ({ datagrams }: { readonly datagrams: number }) => `UDP: ${counted(datagrams, 'datagram')}`,
  'demo.packets': ({ packets }: { readonly packets: number }) =>
    `IPv4: ${counted(packets, 'packet')}, 20 octets of header each`,
  'demo.frames': ({
    frames,
    arp,
    octets,
  }: {
    readonly frames: number
    readonly arp: number
    readonly octets: number
  }) =>
    `Ethernet: ${counted(frames, 'frame')}, ${arp} of them ARP; ${counted(octets, 'octet')} with addresses, padding and FCS`,
  'demo.bits': ({ bits, time }: { readonly bits: number; readonly time: string }) =>
    `10BASE-T: ${counted(bits, 'bit')} with preamble, Manchester coded, ${time} ms on the wire`,
  'demo.lines': ({ lines }: { readonly lines: number }) => `${counted(lines, 'message')} as above`,
  'demo.capture': ({ frames, path }: { readonly frames: number; readonly path: string }) =>
    `${counted(frames, 'frame')} in ${path}: wireshark ${path}`,
  'demo.capture-with-keys': ({ frames, path }: { readonly frames: number; readonly path: string }) =>
    `${counted(frames, 'frame')} in ${path}, with the keys of TLS: by them, wireshark ${path} has the plain text`,
}
