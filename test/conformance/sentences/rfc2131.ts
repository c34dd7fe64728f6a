/** RFC 2131, read section by section: of the client, and of the lab's server. */
import {
  must,
  mustNot,
  noDemand,
  notApplicable,
  open,
  type Standard,
  section,
  should,
  shouldNot,
  tested,
  testsOf,
} from './sentence.js'

const client = testsOf('firmware/net/dhcp/client.test.ts')
const server = testsOf('firmware/net/dhcp/server.test.ts')
const stack = testsOf('firmware/net/dhcp/stack.test.ts')
const wire = testsOf('firmware/net/wire/dhcp.test.ts')
const ipv4 = testsOf('firmware/net/ipv4/ipv4.test.ts')
const others = testsOf('test/net/dhcp-dns.test.ts')

const GET =
  '139 [2131 §4.4.1] INIT waits 1 to 10 s, then DISCOVER with a random xid, REQUEST with server id and requested IP, and the ACK is applied'
const WAITS = 'waits a random time that covers one to ten seconds'
const BACKOFF =
  '140 [2131 §4.1] no answer: again after 4, 8, 16, 32, 64 s, each ±1 s; a late answer with the current xid is taken'
const FOUR = 'sends REQUEST four times and begins anew when none is answered (3.1, step 5)'
const HEARS = 'hears only what answers it: its xid, its hardware address, a reply, a type that fits'
const SAYS = [false, true].map(
  (broadcast) => `in each message is what it may say there, under one identifier (BROADCAST: ${broadcast})`,
)
const OF_NOW = 'is heard by nobody in another exchange: an ACK of a renewal before is passed over (4.4.5)'
const CONFLICT =
  '143 [2131 §3.1 step 5, §4.4.1] a conflict after the ACK: DECLINE, and from the beginning after 10 s; a NAK: INIT'
const REBOOT = 'is asked for in INIT-REBOOT: option 50, no server identifier, ciaddr zero'
const GIVEN_UP = 'is given up on NAK and when nobody answers'
const REST = 'is used for the rest of its lease where nobody answers (3.2, step 4), and dropped at its end'
const TIMES =
  '141 [2131 §4.4.5] T1, T2 and expiry pass unanswered: unicast renewal, broadcast rebinding, the address dropped'
const T1_T2 = '141 [2131 §4.4.5, 2132 §9.11, §9.12] options 58 and 59 say when, as far as T1 < T2 < lease holds'
const RENEWING = '142 [2131 §4.3.2] a renewing REQUEST has ciaddr, and neither option 50 nor 54'
const COUNTED =
  'counts a renewed lease from when it was asked for, and leaves the interface alone where nothing changed'
const BACK = 'stays in use over a link that comes back, and is confirmed'
const RELEASES = 'releases the address to its server by unicast (4.4.6)'
const CONFIGURED = 'is configured, announced, reachable, and renews by unicast; tshark finds nothing to say'
const LOST = '141 [2131 §4.4.5] loses its address when the lease ends unrenewed, and sockets on it fail'
const DECLINES = 'declines an address that a silent neighbour has, and gets another'
const EACH_ITS_OWN = [
  'knows the name servers and domains of both, and what is left when one goes',
  "asks the server of the second interface's lease by that lease's router, whatever the first one's routes say",
]

const OFFERS = 'offers an address and acknowledges it, with what the client asked for and nothing else (table 3)'
const FILLS = 'fills in its answers as table 3 has them (4.3.1)'
const CHOOSES = 'chooses what the client has, had, asks for, what nobody had, and what is free the longest (4.3.1)'
const SELECTING =
  'REQUEST in SELECTING: yes to what was offered, no to anything else, nothing where another server is meant (4.3.2)'
const OF_BEFORE = 'REQUEST in INIT-REBOOT: yes to its own, no on the wrong network, silence to strangers'
const RENEWS = 'REQUEST in RENEWING: by ciaddr, answered to that address, the lease counted anew'
const FOREIGN = [
  'it knows nothing of',
  'whose lease here is over',
  'that gave its lease here back',
  'that was offered an address here',
].map((what) => `is silent about the lease that another server gave a client ${what} (4.3.2)`)
const NOT_SURE =
  'is silent about an address that it offered to somebody, or that somebody declined: another server may lease it (4.3.2)'
const INFORM = 'answers INFORM to the address the client has, with options and without a lease (4.3.5)'
const RELAY = 'answers a relay at port 67, and has it broadcast a NAK (4.1, 4.3.2)'
const NAK_TO_ALL = 'broadcasts a NAK even to a client that says which address it has (4.1)'
const PROBES = 'probes an address before it offers it, when told to, and passes over one that somebody has'
const IDENTIFIED = 'knows a client by its identifier, and by its hardware address where it gives none (4.2)'
const EACH_ADDRESS = 'goes by each address of its host where it is asked, and gives its own as its identifier (4.1)'
const BACK_AND_DECLINED = 'leaves a declined address alone for ten minutes, and takes a released one back'
const RESERVED = "gives reserved addresses to their stations, and to nobody else; its own and the network's to none"

const NOT_AGAIN = 'does not check the address again that a client asks for, though it probes what it offers (3.1, 3.2)'
const TO_ALL = 'broadcasts what it says to a client that asks for that (4.1)'
const REBOOT_RIVAL = 'is asked for under a random xid, and declined where somebody has it'
const PROBED = '124 [5227 §2.1.1] is claimed by a wait, three probes, a wait and two announcements (seed 1)'

const FIELDS = 'have their fields where figure 1 has them'
const FLAG = 'have one flag; the bits beside it are ignored (2)'
const OVERLOAD =
  '144 [2131 §4.1, 2132 §3, §9.3] PAD runs, a missing END, overload and truncation: right values or a clean refusal'
const OVERLOADED = 'that have no room go to file and sname where these are empty, or the message is too long'
const PIECES = 'in several pieces are one option (RFC 3396 5), in the order of options, file, sname'
const SPEAKS_EARLY = 'unicast UDP and broadcasts while it has no address, for DHCP (RFC 2131 4.1)'
const DNSMASQ = 'our client gets an address from dnsmasq, renews it, asks for names over UDP and TCP, and gives it back'
const UDHCPD = 'our client gets an address from busybox udhcpd'
const UDHCPC =
  'busybox udhcpc gets an address from our server, and busybox nslookup names; over TCP a long answer comes whole'
const SAYS_WHY = '`net up --dhcp` says when it loses its lease, why, and what it has instead'

const goal = notApplicable('A goal of the design of the protocol.')
const noStorage = open('The server of a lab keeps its leases in memory, as long as the lab runs.')
const noBootp = notApplicable('The lab’s server answers DHCP alone.')
const noInform = notApplicable('Our client sends no DHCPINFORM.')
const noVendorClass = notApplicable('Our client sends no vendor class, and our server has no classes.')
const everyone = open(
  'The server broadcasts where the client has no address yet, whatever the flag says ("if unicasting is not possible … MAY"): it has no way to send to a hardware address without ARP.',
)

export const RFC_2131: Standard = {
  rfc: 2131,
  title: 'Dynamic Host Configuration Protocol',
  complete: true,
  extent:
    'Words in capitals, and each "must" and "must not" without them. Of the client, and of the server that a lab can have; there is no relay agent.',
  sections: [
    section(
      '1.6',
      'Design goals',
      must('Mechanism rather than policy; no manual configuration; cooperation of several servers …', goal),
      must('Interoperate with the BOOTP relay agent behavior', tested(server(RELAY))),
      must('Provide service to existing BOOTP clients', noBootp),
      must(
        'Guarantee that any network address will not be in use by more than one DHCP client at a time',
        tested(server(CHOOSES, OF_BEFORE, RESERVED)),
      ),
      must('Retain configuration across client reboot', tested(server(OF_BEFORE), client(REBOOT))),
      should('A client should be assigned the same parameters in response to each request', tested(server(CHOOSES))),
      must('Retain configuration across server reboots', noStorage),
      must('Allow automated assignment to new clients', tested(server(OFFERS), others(UDHCPC))),
      must('Support fixed or permanent allocation to specific clients', tested(server(RESERVED))),
    ),
    section(
      '2',
      'Protocol Summary',
      must('The "client identifier" MUST be unique to that client within the subnet', tested(client(...SAYS))),
      must('It MUST use that same identifier in all subsequent messages', tested(client(...SAYS))),
      must('A server always returns its own address in the "server identifier"', tested(server(FILLS, EACH_ADDRESS))),
      must(
        'The fields as figure 1 and table 1 have them',
        tested(wire(FIELDS, 'are parsed as they were emitted, field for field')),
      ),
      must(
        'A client must be prepared for an "options" field of at least 312 octets, a message of up to 576',
        tested(client(...SAYS), wire(PIECES)),
      ),
      should(
        'SHOULD accept any IP packets delivered to the hardware address before the IP address is configured',
        tested(ipv4(SPEAKS_EARLY), others(UDHCPD)),
      ),
      must('The remaining bits of the flags MUST be set to zero by clients', tested(wire(FIELDS))),
      must('And ignored by servers', tested(wire(FLAG))),
    ),
    section(
      '2.1',
      'Configuration parameters repository',
      must(
        'The key is (subnet, hardware address) unless the client supplies a client identifier',
        tested(server(IDENTIFIED)),
      ),
    ),
    section(
      '2.2',
      'Dynamic allocation of network addresses',
      mustNot('Not to reallocate that address within the requested time', tested(server(CHOOSES, OF_BEFORE))),
      should('Use whatever information is available to choose an address to reuse', tested(server(CHOOSES))),
      should('The allocating server SHOULD probe the reused address', tested(server(PROBES))),
      should(
        'The client SHOULD probe the newly received address, e.g., with ARP',
        tested(client(GET), stack(DECLINES)),
      ),
    ),
    section(
      '3',
      'The Client-Server Protocol',
      must(
        '"op" is BOOTREQUEST from a client, BOOTREPLY from a server',
        tested(client(...SAYS, HEARS), server(FILLS, 'counts what it cannot use, and says nothing to it')),
      ),
      must(
        'The options begin with 99, 130, 83, 99',
        tested(wire(FIELDS, 'are refused under a reason where they are no DHCP messages')),
      ),
      must('The "DHCP message type" must be included in every message', tested(client(...SAYS, HEARS), server(FILLS))),
    ),
    section(
      '3.1',
      'Client-server interaction - allocating a network address',
      must('1. The client broadcasts a DHCPDISCOVER', tested(client(GET, ...SAYS), stack(CONFIGURED))),
      should('2. Servers SHOULD check that the offered address is not already in use', tested(server(PROBES))),
      should('So that administrators MAY choose to disable probes', tested(server(PROBES, OFFERS))),
      must('3. The DHCPREQUEST MUST include the "server identifier"', tested(client(GET, ...SAYS))),
      must('The "requested IP address" MUST be set to "yiaddr" of the DHCPOFFER', tested(client(GET, ...SAYS))),
      must('It MUST use the same value in "secs"', tested(client(GET))),
      must('And be sent to the same IP broadcast address', tested(client(GET, ...SAYS))),
      must('The client times out and retransmits the DHCPDISCOVER without offers', tested(client(BACKOFF))),
      must(
        '4. Servers not selected use the DHCPREQUEST as notification that their offer is declined',
        tested(server(SELECTING)),
      ),
      must('The server selected commits the binding to persistent storage', noStorage),
      must('And responds with a DHCPACK, "yiaddr" filled in', tested(server(OFFERS, FILLS))),
      shouldNot('The parameters of the DHCPACK SHOULD NOT conflict with those of the offer', tested(server(FILLS))),
      shouldNot('The server SHOULD NOT check the offered network address at this point', tested(server(NOT_AGAIN))),
      should('If unable to satisfy the DHCPREQUEST, it SHOULD respond with a DHCPNAK', tested(server(SELECTING))),
      should(
        'An offered address SHOULD be available again if no DHCPREQUEST comes from that client',
        tested(server(CHOOSES, SELECTING)),
      ),
      should('5. The client SHOULD perform a final check on the parameters', tested(client(GET, CONFLICT))),
      must(
        'In use already: the client MUST send a DHCPDECLINE and restarts',
        tested(client(CONFLICT), stack(DECLINES)),
      ),
      should('It SHOULD wait a minimum of ten seconds before restarting', tested(client(CONFLICT))),
      must('A DHCPNAK: the client restarts the configuration process', tested(client(CONFLICT))),
      should('Retransmit the DHCPREQUEST enough times, e.g. four', tested(client(FOUR))),
      must('Neither DHCPACK nor DHCPNAK: back to INIT', tested(client(FOUR))),
      should(
        'The client SHOULD notify the user that the process has failed and is restarting',
        open('Its states and their listeners show it; `net up --dhcp` says nothing until there is an address.'),
      ),
      must('6. It MUST use the same "client identifier" in the DHCPRELEASE', tested(client(...SAYS, RELEASES))),
    ),
    section(
      '3.2',
      'Client-server interaction - reusing a previously allocated network address',
      mustNot('1. It MUST NOT fill in the "ciaddr" field', tested(client(REBOOT, ...SAYS))),
      must('It MUST use the same "client identifier"', tested(client(...SAYS))),
      must('2. Servers with knowledge of the client respond with a DHCPACK', tested(server(OF_BEFORE))),
      shouldNot('Servers SHOULD NOT check that the address is already in use', tested(server(NOT_AGAIN))),
      should('The request is invalid (e.g. a new subnet): SHOULD respond with a DHCPNAK', tested(server(OF_BEFORE))),
      shouldNot(
        'SHOULD NOT respond if their information is not guaranteed to be accurate',
        tested(server(...FOREIGN, NOT_SURE)),
      ),
      must('"giaddr" 0: the server MUST broadcast the DHCPNAK to 0xffffffff', tested(server(SELECTING, NAK_TO_ALL))),
      must('Otherwise it MUST send it to the relay agent', tested(server(RELAY))),
      must('3. In use already: the client MUST send a DHCPDECLINE', tested(client(REBOOT_RIVAL))),
      mustNot('A DHCPNAK: it cannot reuse its remembered address', tested(client(GIVEN_UP))),
      must('It times out and retransmits the DHCPREQUEST', tested(client(REST))),
    ),
    section(
      '3.3',
      'Interpretation and representation of time values',
      must(
        'Times are in units of seconds; 0xffffffff is "infinity"',
        tested(client('asks nothing more of a lease for ever', TIMES)),
      ),
      must('They are relative, to the client’s local clock', tested(client(GET, COUNTED))),
    ),
    section(
      '3.4',
      'Obtaining parameters with externally configured network address',
      must(
        'A DHCPACK without allocating an address, checking for a binding, filling in "yiaddr", or lease times',
        tested(server(INFORM)),
      ),
      should('Unicast to the address in "ciaddr"', tested(server(INFORM))),
      should(
        'The server SHOULD check the network address for consistency',
        open('It answers whichever address the client says that it has.'),
      ),
      mustNot('But MUST NOT check for an existing lease', tested(server(INFORM))),
    ),
    section(
      '3.5',
      'Client parameters in DHCP',
      must('Its list of parameters MUST be in any subsequent DHCPREQUEST', tested(client(GET, ...SAYS))),
      should('The client SHOULD include the "maximum DHCP message size"', tested(client(...SAYS))),
      must('The flags for options in "file" and "sname" must appear in "options"', tested(wire(OVERLOADED, OVERLOAD))),
      should('An invalid "requested IP address": SHOULD respond with a DHCPNAK', tested(server(SELECTING, OF_BEFORE))),
    ),
    section(
      '3.6',
      'Use of DHCP in clients with multiple interfaces',
      must('Must use DHCP through each interface independently', tested(stack(...EACH_ITS_OWN))),
    ),
    section(
      '3.7',
      'When clients should use DHCP',
      should(
        'SHOULD use DHCP whenever the local network parameters may have changed, e.g. after a disconnection',
        tested(
          client(BACK),
          stack('notices a link that goes and comes, and leaves other listeners of the interface theirs'),
        ),
      ),
      must(
        'The lease expired: must immediately discontinue use of the address',
        tested(client(REST, TIMES), stack(LOST)),
      ),
    ),
    section(
      '4.1',
      'Constructing and sending DHCP messages',
      must('The last option must always be the "end" option', tested(wire(OVERLOADED), stack(CONFIGURED))),
      must(
        'To the server at port 67, to the client at port 68',
        tested(stack(CONFIGURED), server(OFFERS), others(DNSMASQ, UDHCPC)),
      ),
      must(
        'A server MUST be prepared to accept any of its addresses as identifying that server',
        tested(
          server(EACH_ADDRESS),
          stack("takes its interface's other addresses for the server, too, and not those of another interface (4.1)"),
        ),
      ),
      must(
        'It MUST choose a "server identifier" that is reachable from the client',
        tested(server(EACH_ADDRESS), stack('a host with two servers answers each network from its own pool')),
      ),
      should(
        'On the same subnet, the address it is using on that subnet',
        tested(stack('a host with two servers answers each network from its own pool', CONFIGURED)),
      ),
      should('Through a relay, an address of the interface on which the message was received', tested(server(FILLS))),
      must('Clients MUST use the "server identifier" for any unicast requests', tested(client(TIMES, ...SAYS))),
      must('Before it has an address, a client’s broadcasts must have source 0', tested(client(GET, ...SAYS))),
      must('"giaddr" non-zero: answers to the "DHCP server" port of the relay', tested(server(RELAY))),
      must('"giaddr" zero, "ciaddr" nonzero: unicast to "ciaddr"', tested(server(RENEWS))),
      must('Both zero, the broadcast bit set: to 0xffffffff', tested(server(TO_ALL))),
      must('Both zero, the bit not set: unicast to the hardware address and "yiaddr"', everyone),
      must('When "giaddr" is zero DHCPNAK is broadcast in all cases', tested(server(SELECTING, NAK_TO_ALL))),
      must(
        'Options in "sname" and "file": "option overload" MUST appear, 1, 2 or 3',
        tested(wire(OVERLOADED, OVERLOAD)),
      ),
      must('The options in "options" MUST be terminated by "end"', tested(wire(OVERLOADED))),
      must(
        'Those in "sname" and "file" MUST begin with the first octet, be terminated by "end", and followed by "pad"',
        tested(wire(OVERLOADED)),
      ),
      must('Any individual option MUST be entirely contained in its field', tested(wire(OVERLOADED, OVERLOAD))),
      must('"options" MUST be interpreted first, "file" next, then "sname"', tested(wire(OVERLOAD))),
      must('Options may appear only once, unless otherwise specified', tested(server(FILLS))),
      must('The client concatenates multiple instances of the same option', tested(wire(PIECES, OVERLOAD))),
      must('A randomized exponential backoff algorithm', tested(client(BACKOFF))),
      should('Time enough for replies from the server', tested(client(BACKOFF))),
      should('The first retransmission after 4 seconds, -1 to +1', tested(client(BACKOFF))),
      should('The next after 8 seconds, -1 to +1', tested(client(BACKOFF))),
      should('Doubled with subsequent retransmissions up to 64 seconds', tested(client(BACKOFF))),
      must(
        'A client MUST choose "xid" so as to minimize the chance of one used by another client',
        tested(client(GET)),
      ),
      should(
        'A client that cannot receive unicast before it is configured SHOULD set the BROADCAST bit',
        tested(client(SAYS[1])),
      ),
      should('One that can SHOULD clear it', tested(client(SAYS[0]), ipv4(SPEAKS_EARLY))),
      should('A server SHOULD examine the BROADCAST bit', everyone),
      should('Set: SHOULD be sent as an IP broadcast', tested(server(TO_ALL))),
      should('Cleared: SHOULD be sent to "yiaddr" and "chaddr"', everyone),
    ),
    section(
      '4.2',
      'DHCP server administrative controls',
      must('The client MUST use the same "client identifier" in all subsequent messages', tested(client(...SAYS))),
      must('The server MUST use that identifier to identify the client', tested(server(IDENTIFIED))),
      must('Without it the server MUST use "chaddr"', tested(server(IDENTIFIED))),
      should('A mechanism for the user to select the "vendor class identifier"', noVendorClass),
    ),
    section(
      '4.3.1',
      'DHCPDISCOVER message',
      should('The address: of the current binding, ELSE', tested(server(CHOOSES))),
      should('The previous one, if it is available, ELSE', tested(server(CHOOSES))),
      should('The one in "Requested IP Address", if valid and not allocated, ELSE', tested(server(CHOOSES))),
      should(
        'A new one, by the subnet of "giaddr" where that is not 0',
        open('There is one pool, of the server’s own network.'),
      ),
      shouldNot(
        'SHOULD NOT reuse the selected address before the client responds to the offer',
        tested(server(CHOOSES)),
      ),
      must(
        'The server must choose an expiration time: of an assigned address that previously assigned, without a wish of the client',
        open('It offers its whole time anew, and leases for that.'),
      ),
      must('Without an assigned address a locally configured default', tested(server(OFFERS))),
      must(
        'Table 3: op, hops, xid, secs, ciaddr, yiaddr, siaddr, flags, giaddr, chaddr',
        tested(server(FILLS, RENEWS)),
      ),
      mustNot(
        'Table 3: Requested IP address, Parameter request list, Maximum message size MUST NOT',
        tested(server(FILLS)),
      ),
      must('Table 3: IP address lease time MUST, in a DHCPNAK MUST NOT', tested(server(FILLS, SELECTING))),
      mustNot('Table 3: lease time MUST NOT in answer to DHCPINFORM', tested(server(INFORM))),
      mustNot('Table 3: "file" and "sname" in a DHCPNAK MUST NOT', tested(server(FILLS))),
      should('Table 3: Message SHOULD', tested(server(SELECTING))),
      mustNot(
        'Table 3: Client identifier MUST NOT in DHCPOFFER and DHCPACK',
        notApplicable('RFC 6842 3 has it echoed, MUST; so it is (tested).'),
      ),
      must('Table 3: Server identifier MUST', tested(server(FILLS))),
      mustNot('Table 3: all others in a DHCPNAK MUST NOT', tested(server(FILLS))),
      must('The parameters MUST be selected by the rules in their order', tested(server(OFFERS))),
      must(
        'The server MUST return: the address, the expiration time, the parameters requested',
        tested(server(OFFERS)),
      ),
      must('Explicitly configured: it MUST include that value', tested(server(OFFERS))),
      must(
        'A parameter of the Host Requirements Document: it MUST include the default value there',
        open('What is not configured is not said.'),
      ),
      mustNot('Else it MUST NOT return a value', tested(server(OFFERS))),
      must('MUST supply as many of the requested parameters as possible', tested(server(OFFERS))),
      must('And MUST omit any it cannot provide', tested(server(OFFERS))),
      must('Each requested parameter only once', tested(server(FILLS))),
      must('Classes MUST be identified by an exact match', noVendorClass),
    ),
    section(
      '4.3.2',
      'DHCPREQUEST message',
      must('The same "client identifier" in all subsequent messages', tested(client(...SAYS))),
      must('The list of requested parameters in all subsequent messages', tested(client(...SAYS))),
      shouldNot('The DHCPACK SHOULD NOT conflict with the DHCPOFFER', tested(server(FILLS))),
      should(
        'The client SHOULD use the parameters in the DHCPACK',
        tested(client('takes a new router, and no new address, from a renewal', GET)),
      ),
      must(
        'SELECTING: "ciaddr" MUST be zero, "requested IP address" MUST be "yiaddr" of the offer',
        tested(client(...SAYS)),
      ),
      shouldNot('Servers SHOULD NOT reuse offered addresses', tested(server(CHOOSES))),
      mustNot('INIT-REBOOT: "server identifier" MUST NOT be filled in', tested(client(...SAYS))),
      must('INIT-REBOOT: "requested IP address" MUST, "ciaddr" MUST be zero', tested(client(...SAYS))),
      should('The server SHOULD send a DHCPNAK if it is incorrect, or on the wrong network', tested(server(OF_BEFORE))),
      should('Wrong net, by "giaddr" and mask: SHOULD send a DHCPNAK', tested(server(OF_BEFORE))),
      should('The network correct, the address not: SHOULD send a DHCPNAK', tested(server(OF_BEFORE))),
      must('No record of this client: it MUST remain silent', tested(server(OF_BEFORE, ...FOREIGN))),
      must('"giaddr" 0: MUST broadcast the DHCPNAK', tested(server(SELECTING, NAK_TO_ALL))),
      must('"giaddr" set: MUST set the broadcast bit in the DHCPNAK', tested(server(RELAY))),
      mustNot(
        'RENEWING: "server identifier" and "requested IP address" MUST NOT be filled in',
        tested(client(RENEWING, ...SAYS)),
      ),
      must('RENEWING: "ciaddr" MUST be filled in; unicast', tested(client(RENEWING, TIMES, ...SAYS))),
      must('The server will trust "ciaddr" and use it when replying', tested(server(RENEWS))),
      mustNot(
        'REBINDING: "server identifier" and "requested IP address" MUST NOT be filled in',
        tested(client(RENEWING, ...SAYS)),
      ),
      must('REBINDING: "ciaddr" MUST be filled in', tested(client(RENEWING, ...SAYS))),
      must('REBINDING: MUST be broadcast to 0xffffffff', tested(client(TIMES, ...SAYS))),
      should('The server SHOULD check "ciaddr" for correctness', tested(server(NAK_TO_ALL, ...FOREIGN))),
    ),
    section(
      '4.3.3',
      'DHCPDECLINE message',
      must('The server MUST mark the address as not available', tested(server(BACK_AND_DECLINED))),
      should(
        'And SHOULD notify the administrator',
        open('It is counted (`counters.received.DECLINE`); nobody is told.'),
      ),
    ),
    section(
      '4.3.4',
      'DHCPRELEASE message',
      must('The server marks the address as not allocated', tested(server(BACK_AND_DECLINED), stack(CONFIGURED))),
      should(
        'It SHOULD retain a record of the parameters for reuse',
        tested(server('gives a client that comes back what it gave back (4.3.4)')),
      ),
    ),
    section(
      '4.3.5',
      'DHCPINFORM message',
      must('A DHCPACK directly to the address in "ciaddr"', tested(server(INFORM))),
      mustNot('The server MUST NOT send a lease expiration time', tested(server(INFORM))),
      shouldNot('And SHOULD NOT fill in "yiaddr"', tested(server(INFORM))),
    ),
    section(
      '4.3.6',
      'Client messages',
      must(
        'Table 4: broadcast or unicast, server-ip, requested-ip and ciaddr in the four states',
        tested(client(...SAYS)),
      ),
    ),
    section(
      '4.4.1',
      'Initialization and allocation of network address',
      should('SHOULD wait a random time between one and ten seconds', tested(client(GET, WAITS))),
      must('"ciaddr" 0', tested(client(...SAYS))),
      must('The client MUST include its hardware address in "chaddr"', tested(client(...SAYS))),
      must('The list of parameters in all subsequent messages', tested(client(...SAYS))),
      must('A random transaction identifier', tested(client(GET))),
      must('It records its local time for the lease expiration', tested(client(GET, COUNTED))),
      must('An "xid" that does not match: the DHCPOFFER must be silently discarded', tested(client(HEARS))),
      must('Any arriving DHCPACK must be silently discarded', tested(client(HEARS))),
      mustNot('Table 5: in DHCPDISCOVER Server identifier MUST NOT', tested(client(...SAYS))),
      mustNot('Table 5: what MUST NOT be in a DHCPINFORM', noInform),
      must('Table 5: Requested IP address MUST in SELECTING, INIT-REBOOT and DHCPDECLINE', tested(client(...SAYS))),
      mustNot('Table 5: and MUST NOT in BOUND, RENEWING and DHCPRELEASE', tested(client(...SAYS))),
      mustNot(
        'Table 5: Lease time, class, request list, size and others MUST NOT in DHCPDECLINE and DHCPRELEASE',
        tested(client(...SAYS)),
      ),
      must('Table 5: Server identifier MUST after SELECTING, in DHCPDECLINE and DHCPRELEASE', tested(client(...SAYS))),
      shouldNot('Table 5: Message SHOULD NOT in DHCPDISCOVER and DHCPREQUEST', tested(client(...SAYS))),
      should('Table 5: Message SHOULD in DHCPDECLINE and DHCPRELEASE', open('Neither has one: nobody reads it.')),
      must('The DHCPREQUEST has the "xid" of the DHCPOFFER', tested(client(GET))),
      must('The lease expires as long after the original request was sent as the DHCPACK says', tested(client(GET))),
      should('The client SHOULD check that the address is not already in use', tested(client(GET, CONFLICT))),
      must(
        'In that ARP request its own hardware address as the sender’s, 0 as the sender’s IP address',
        tested(stack(CONFIGURED), testsOf('firmware/net/link/address-conflicts.test.ts')(PROBED)),
      ),
      must('In use: the client MUST send a DHCPDECLINE', tested(client(CONFLICT), stack(DECLINES))),
      should('The client SHOULD broadcast an ARP reply to announce its new address', tested(stack(CONFIGURED))),
    ),
    section(
      '4.4.2',
      'Initialization with known network address',
      must('MUST insert its known network address as "requested IP address"', tested(client(REBOOT, ...SAYS))),
      must('A random transaction identifier', tested(client(REBOOT_RIVAL))),
      mustNot('MUST NOT include a "server identifier"', tested(client(REBOOT, ...SAYS))),
      must('Broadcast to the "DHCP server" port', tested(client(REBOOT, ...SAYS))),
      must('A DHCPACK with that "xid" from any server: BOUND', tested(client(REBOOT))),
      must('The lease counts from when the DHCPREQUEST was sent', tested(client(BACK))),
    ),
    section(
      '4.4.3',
      'Initialization with an externally assigned network address',
      shouldNot('SHOULD NOT request lease time parameters', noInform),
      must('DHCPINFORM MUST be directed to the "DHCP server" port', noInform),
      should('SHOULD display a message where no DHCPACK comes', noInform),
      should('SHOULD begin network processing using suitable defaults', noInform),
    ),
    section(
      '4.4.4',
      'Use of broadcast and unicast',
      must('DHCPDISCOVER and DHCPREQUEST are broadcast unless a server is known', tested(client(...SAYS))),
      must('DHCPRELEASE is unicast to the server', tested(client(RELEASES, ...SAYS))),
      must('DHCPDECLINE is broadcast', tested(client(CONFLICT, ...SAYS))),
    ),
    section(
      '4.4.5',
      'Reacquisition and expiration',
      must('T1 MUST be earlier than T2, T2 than the end of the lease', tested(client(T1_T2))),
      must(
        'At T1: a DHCPREQUEST by unicast to the server, "ciaddr" filled in',
        tested(client(TIMES, RENEWING), stack(CONFIGURED)),
      ),
      mustNot('MUST NOT include a "server identifier"', tested(client(RENEWING, ...SAYS))),
      must('A DHCPACK whose "xid" does not match is silently discarded', tested(client(OF_NOW))),
      must('The lease counts from when the DHCPREQUEST was sent', tested(client(COUNTED, OF_NOW))),
      must('At T2: a DHCPREQUEST by broadcast, "ciaddr" filled in', tested(client(TIMES, RENEWING))),
      mustNot('MUST NOT include a "server identifier" (REBINDING)', tested(client(RENEWING, ...SAYS))),
      must('T1 defaults to 0.5, T2 to 0.875 of the lease', tested(client(GET, TIMES))),
      should(
        'T1 and T2 SHOULD be chosen with some random "fuzz"',
        tested(client('spreads T1 and T2 by the fuzz, always early')),
      ),
      should(
        'The server SHOULD return T1 and T2',
        open('It leaves them to the client’s defaults, unless its settings have them.'),
      ),
      should('Their values SHOULD be adjusted to the time remaining', open('See the sentence before.')),
      should(
        'Half of the remaining time until T2, or of the lease, 60 seconds at least, before it asks again',
        tested(client(TIMES)),
      ),
      must(
        'The lease expires: INIT, MUST immediately stop any other network processing',
        tested(client(TIMES), stack(LOST)),
      ),
      should(
        'Its previous address again: SHOULD continue network processing',
        notApplicable('Connections ended with the address (RFC 1122 is silent); what begins then may use it.'),
      ),
      mustNot(
        'A new address: MUST NOT continue using the previous one',
        tested(stack('gives an address up that somebody claims twice, and begins anew'), client(TIMES)),
      ),
      should('And SHOULD notify the local users', tested(others(SAYS_WHY), client('says why a lease is gone'))),
    ),
    section(
      '4.4.6',
      'DHCPRELEASE',
      must(
        'The client sends a DHCPRELEASE where it no longer requires the address',
        tested(client(RELEASES), others(DNSMASQ)),
      ),
    ),
    noDemand('7', 'Security Considerations', 'what can go wrong.'),
    noDemand('A', 'Host Configuration Parameters', 'a list; RFC 2132 has the options.'),
  ],
}
