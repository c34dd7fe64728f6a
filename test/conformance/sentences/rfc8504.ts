/** RFC 8504, read section by section: of hosts, and of the small router that there is. */
import {
  must,
  mustNot,
  noDemand,
  notApplicable,
  open,
  type Standard,
  section,
  should,
  tested,
  testsOf,
} from './sentence.js'

const ipv6 = testsOf('firmware/net/ipv6/ipv6.test.ts')
const fragmentation = testsOf('firmware/net/ipv6/fragmentation.test.ts')
const sentHeaders = testsOf('firmware/net/ipv6/sent-headers.test.ts')
const pathMtu = testsOf('firmware/net/ipv6/path-mtu.test.ts')
const addresses = testsOf('firmware/net/ipv6/address.test.ts')
const order = testsOf('firmware/net/ipv6/destination-order.test.ts')
const router = testsOf('firmware/net/ipv6/router.test.ts')
const discovery = testsOf('firmware/net/nd/discovery.test.ts')
const autoconfiguration = testsOf('firmware/net/nd/autoconfiguration.test.ts')
const temporary = testsOf('firmware/net/nd/temporary-addresses.test.ts')
const names = testsOf('firmware/net/nd/router-names.test.ts')
const dhcpv6 = testsOf('firmware/net/dhcpv6/stack.test.ts')
const icmpv6 = testsOf('firmware/net/icmpv6/icmpv6.test.ts')
const mld = testsOf('firmware/net/mld/mld.test.ts')
const resolver = testsOf('firmware/net/dns/resolver.test.ts')
const ecn = testsOf('test/conformance/ecn.test.ts')
const kernel = testsOf('test/net/kernel6.test.ts')
const kernelRouter = testsOf('test/net/kernel6-router.test.ts')
const marked = testsOf('test/net/kernel-ecn.test.ts')

const CUT =
  'is cut so that each part fits, at multiples of eight octets, without gap or overlap, under a number of its own'
const OVERLAP = 'that overlap are dropped with all of their datagram (RFC 5722)'
const INCOMPLETE = 'of which the first lacks headers are reported (RFC 7112)'
const FLOWS = 'is one for all of a conversation, another for each, and never zero'
const NO_ROUTERS =
  'is asked for three times at most, four seconds apart, from the link-local address, and no more once one came'
const drafts = notApplicable('Asked of who writes standards.')
const noIpsec = notApplicable('IPsec is not implemented.')
const noAgent = notApplicable('There is no agent of SNMP, NETCONF or RESTCONF.')
const STATEFUL =
  'has an address of its own where it says M: looked for first, alone under its prefix, with its lifetimes'
const STATELESS = 'asks for name servers where it says O, by messages without fault'

export const RFC_8504: Standard = {
  rfc: 8504,
  title: 'IPv6 Node Requirements',
  complete: true,
  extent:
    'Words in capitals (BCP 14). Where it says only that another RFC is to be supported, what that asks is on the page of its own where there is one (RFC 8200, 8201, 4443, 4861, 4862, 9777), and the tests here show that it is there.',
  sections: [
    noDemand('1', 'Introduction', 'its scope.'),
    section(
      '4',
      'Sub-IP Layer',
      must(
        'MUST include support for one or more IPv6 link-layer specifications: Ethernet (RFC 2464)',
        tested(kernel('gets its echoes answered, of all lengths, on both addresses')),
      ),
    ),
    section(
      '5.1',
      'Internet Protocol Version 6 - RFC 8200',
      must(
        'RFC 8200 MUST be supported',
        tested(
          kernel('gets its echoes answered, of all lengths, on both addresses'),
          ipv6('a header that is not known'),
        ),
      ),
      must(
        'The node MUST follow the packet transmission rules in RFC 8200',
        tested(fragmentation(CUT, 'has no fragment header where it fits')),
      ),
      must(
        'MUST be capable of sending and receiving IPv6 packets',
        tested(kernel('fetches a file of 2 MB whole: curl, with its SHA-256')),
      ),
      must(
        'MUST always be able to send, receive, and process Fragment headers',
        tested(ipv6('send in fragments what one frame does not take'), fragmentation(CUT)),
      ),
      mustNot('MUST not create overlapping fragments', tested(fragmentation(CUT))),
      must('A datagram with an overlapping fragment MUST be silently discarded whole', tested(ipv6(OVERLAP))),
      mustNot(
        'MUST NOT generate atomic fragments',
        tested(fragmentation('has no fragment header where it fits'), pathMtu('that says less than 1280 is discarded')),
      ),
      should(
        'SHOULD avoid using predictable Fragment Identification values',
        tested(sentHeaders('says nothing of the one to another destination, nor of that of another host')),
      ),
      should('SHOULD support the setting and use of the Flow Label field', tested(sentHeaders(FLOWS))),
      mustNot(
        'Forwarding nodes MUST NOT depend only on Flow Label values being uniformly distributed',
        notApplicable('Nothing here depends on a label that arrives.'),
      ),
      should(
        'RECOMMENDED: the same value for all packets of a given flow, from an approximation to a discrete uniform distribution',
        tested(sentHeaders(FLOWS, 'is spread over its whole range')),
      ),
    ),
    section(
      '5.2',
      'Support for IPv6 Extension Headers',
      must(
        'Any unrecognized extension headers or options MUST be processed as described in RFC 8200',
        tested(
          ipv6(
            'a header that is not known',
            'options for the destination that need not be known',
            'an option that is to be passed over in silence: 01',
            'an option that is to be reported: 10',
            'an option that is to be reported: 11',
          ),
        ),
      ),
      must(
        'MUST be able to process these extension headers',
        tested(
          ipv6('padding, and a route at its end', 'an atomic fragment (RFC 6946)'),
          fragmentation('is taken with destination options twice and a route between them'),
        ),
      ),
      must(
        'Routing Header type 0 MUST be treated as an unrecognized routing type',
        tested(ipv6('a route that goes on (RFC 5095)')),
      ),
      should(
        'A forwarding node SHOULD forward regardless of any extension headers that are present',
        tested(
          router(
            'have passed on whatever headers they write, and what is behind them, octet for octet but for the hop limit',
          ),
        ),
      ),
      must('The first fragment MUST include the entire IPv6 Header Chain', tested(fragmentation(CUT))),
      must(
        'The Per-Fragment headers MUST be those that MUST be processed by nodes en route',
        notApplicable('What is sent in fragments has no other header than IPv6’s own.'),
      ),
      should('A first fragment that does not include all headers SHOULD be discarded', tested(ipv6(INCOMPLETE))),
      should('and Parameter Problem, Code 3, SHOULD be sent, with the Pointer set to zero', tested(ipv6(INCOMPLETE))),
      must('A proposal of a new extension header MUST explain why no existing one can be used', drafts),
    ),
    section(
      '5.3',
      'Protecting a Node from Excessive Extension Header Options',
      should(
        'If padding of 8 or more bytes is required, then PADN SHOULD be used',
        notApplicable('No such padding is sent.'),
      ),
      should(
        'Where PADN is limited: one longer than 7 SHOULD be silently discarded, with its packet',
        tested(ipv6('padding of more than any alignment needs')),
      ),
      should(
        'To disallow unknown options SHOULD be configurable, the default to accept them and process them',
        tested(ipv6('options for the destination that need not be known')),
      ),
      should(
        'A packet with unknown options SHOULD be silently discarded by a host that disallows them',
        notApplicable('They cannot be disallowed.'),
      ),
      should(
        'The maximum number of options SHOULD be configurable',
        open('It is a constant, `OPTION_LIMIT`; nobody has asked for another.'),
      ),
      should(
        'and its default SHOULD be set to 8',
        tested(ipv6('eight options of a header', 'nine options of a header')),
      ),
      should(
        'Past the limit the packet SHOULD be silently discarded (RFC 8883 2.1 has its sender told, and so it is here)',
        tested(ipv6('nine options of a header')),
      ),
      should(
        'A maximum length of the headers SHOULD be configurable, the default to accept any length',
        notApplicable('There is no such limit.'),
      ),
      should('Past it the packet SHOULD be silently discarded', notApplicable('There is no such limit.')),
    ),
    section(
      '5.4',
      'Neighbor Discovery for IPv6 - RFC 4861',
      must('Neighbor Discovery MUST be supported', tested(kernel('knows it as a neighbour that is there'))),
      must(
        'Hosts MUST support Router Discovery functionality',
        tested(router('have addresses and a way of its telling, and reach each other, with one hop less')),
      ),
      must(
        'Hosts MUST support Prefix Discovery',
        tested(discovery('that does not say that a prefix is on the link takes nothing back; with lifetime 0 it does')),
      ),
      must(
        'Hosts MUST also implement Neighbor Unreachability Detection for all paths to neighboring nodes',
        tested(
          discovery(
            'is asked five seconds after something was sent to it, at its station, three times; then it is forgotten',
          ),
        ),
      ),
      must(
        'All nodes MUST respond to unicast Neighbor Solicitation messages',
        tested(discovery('is answered to its sender: solicited, to override, of no router, with the station')),
      ),
      should(
        'RFC 7048: past a number of packets a node SHOULD use the exponential backoff of the retransmit timer',
        notApplicable('No more than three are sent for one question.'),
      ),
      must('Hosts MUST support the sending of Router Solicitations', tested(discovery(NO_ROUTERS))),
      must(
        'and the receiving of Router Advertisements',
        tested(kernel('has dnsmasq announce a prefix, and pings the address that it makes (RFC 4862)')),
      ),
      must(
        'RFC 7559: nodes MUST use its exponential backoff for retransmission of Router Solicitations',
        open('It asks three times, four seconds apart, as RFC 4861 6.3.7 has it, and then no more.'),
      ),
      must(
        'All nodes MUST support the sending and receiving of Neighbor Solicitation and Advertisement messages',
        tested(
          kernel('knows it as a neighbour that is there'),
          discovery(
            'is asked for: the group of its address, with the own station, from the address that the datagram is from',
          ),
        ),
      ),
      should(
        'Hosts SHOULD support the processing of Redirect functionality',
        tested(
          discovery('to another router has its destination go by that one, which is STALE and a router'),
          router('are sent to the better hop where that is on their own link (RFC 4861 8.2)'),
        ),
      ),
      must(
        'Routers MUST support the sending of Redirects',
        tested(router('are sent to the better hop where that is on their own link (RFC 4861 8.2)')),
      ),
      should(
        'It SHOULD be disabled by default on routers intended to be deployed on core networks',
        notApplicable('This one is for labs.'),
      ),
      mustNot(
        'RFC 6980: MUST NOT employ fragmentation for sending messages of Neighbor Discovery',
        notApplicable('None that is sent is longer than 1280 octets.'),
      ),
      must(
        'MUST silently ignore any of these messages on receipt if fragmented',
        tested(ipv6('is not believed in a fragment, an atomic one as well (RFC 6980)')),
      ),
      should(
        'RFC 4311 (load sharing between routers) SHOULD be supported',
        open('Of routers that are equally good one is used while it answers.'),
      ),
    ),
    noDemand('5.5', 'SEcure Neighbor Discovery (SEND) - RFC 3971', 'it is optional.'),
    noDemand('5.6', 'IPv6 Router Advertisement Flags Option - RFC 5175', 'no flags make use of it.'),
    section(
      '5.7.1',
      'Path MTU Discovery - RFC 8201',
      should('RFC 8201 SHOULD be supported', tested(pathMtu('lowers what is sent on its path, and on no other'))),
      must(
        'The rules in RFC 8200 and RFC 5722 MUST be followed for packet fragmentation and reassembly',
        tested(fragmentation(CUT), ipv6(OVERLAP, 'are put together in any order, and one that came twice is a copy')),
      ),
      mustNot(
        'Packet Too Big MUST NOT be filtered',
        notApplicable('Asked of who runs a network; nothing here filters.'),
      ),
    ),
    noDemand('5.7.2', 'Minimum MTU Considerations', 'a recommendation in small letters.'),
    section(
      '5.8',
      'ICMP for the Internet Protocol Version 6 (IPv6) - RFC 4443',
      must(
        'ICMPv6 MUST be supported',
        tested(
          icmpv6('is answered with its identifier, number and all of its data, from the address that it was for'),
          kernel('gets its echoes answered, of all lengths, on both addresses'),
        ),
      ),
    ),
    section(
      '5.9',
      'Default Router Preferences and More-Specific Routes - RFC 4191',
      must('MUST implement RFC 4191', tested(router('go to the default router that is preferred'))),
      should(
        'and SHOULD implement the Type C host role',
        tested(
          router(
            'go by the longest prefix, whatever the preference, then by preference (3.2)',
            'have the route ::/0 say more of a default router than its header (3.1)',
            'end with their lifetime, and go elsewhere while their router is silent',
          ),
          kernelRouter('are kept, the longest prefix first, and go by radvd'),
        ),
      ),
    ),
    section(
      '5.10',
      'First-Hop Router Selection - RFC 8028',
      should(
        'Hosts in multihomed environments SHOULD follow RFC 8028',
        open('The router does not depend on the source address: it is that of the destination alone.'),
      ),
    ),
    section(
      '5.11',
      'Multicast Listener Discovery (MLD) for IPv6 - RFC 3810',
      must(
        'Nodes that need to join multicast groups MUST support MLDv2',
        tested(
          mld(
            'goes to all routers of version 2, one hop, behind a router alert, with nothing behind its records',
            'is answered with the groups that it asks for, to whatever address of the interface it was',
          ),
        ),
      ),
    ),
    section(
      '5.12',
      'Explicit Congestion Notification (ECN) - RFC 3168',
      should(
        'Nodes SHOULD support ECN by an interface for the upper layer and by setting the ECN bits in the IP header',
        tested(
          marked('fetches over IPv6 what is marked on its way, and nothing is sent again'),
          ecn(
            '153 [3168 6.1.4, 6.1.5, 6.1.6] new data alone are ECT(0): no acknowledgement, nothing that is sent again, no probe, no reset',
          ),
        ),
      ),
    ),
    section(
      '6.1',
      'IP Version 6 Addressing Architecture - RFC 4291',
      must(
        'RFC 4291 MUST be supported',
        tested(
          addresses(
            'is read in each form of RFC 4291 2.2',
            'has the scope of RFC 4291 2.7 and RFC 6724 3.1',
            'has a solicited-node group: the example of RFC 4291 2.7.1',
            'is made of a station: the example of RFC 4291 appendix A',
            'may be an interface’s, or not',
          ),
        ),
      ),
      must(
        'MUST also support the multicast flag updates documented in RFC 7371',
        notApplicable(
          'No flag of a group’s address is looked at: groups are compared whole, and no address of a rendezvous point is taken out of one.',
        ),
      ),
    ),
    section(
      '6.2',
      'Host Address Availability Recommendations',
      should(
        'Routers SHOULD support RFC 7934 for assigning multiple addresses to a host',
        tested(kernelRouter('has each kernel make an address of the prefix of its link, and a default route by us')),
      ),
      should(
        'A host SHOULD support assigning multiple addresses as described in RFC 7934',
        tested(
          ipv6('find addresses of their own, and answer each other’s echoes on both'),
          temporary(
            'are there beside the stable one of the prefix, and new conversations begin from them (RFC 6724 5, rule 7)',
          ),
        ),
      ),
      should(
        'Nodes SHOULD support the capability to be assigned a prefix per host (RFC 8273)',
        open(
          'Addresses are made of any prefix that is not on the link, too; no test has a router that gives each host its own.',
        ),
      ),
    ),
    section(
      '6.3',
      'IPv6 Stateless Address Autoconfiguration - RFC 4862',
      must(
        'Hosts MUST support IPv6 Stateless Address Autoconfiguration',
        tested(
          kernel('has dnsmasq announce a prefix, and pings the address that it makes (RFC 4862)'),
          autoconfiguration('makes an address'),
        ),
      ),
      should(
        'RECOMMENDED: follow RFC 7217 to generate addresses, rather than RFC 4862',
        tested(ipv6('has a router’s prefix make an address, and its lifetime make it go (RFC 4862 5.5, RFC 7217)')),
      ),
      must(
        'Routers MUST be able to generate link-local addresses as described in RFC 4862',
        tested(router('have addresses and a way of its telling, and reach each other, with one hop less')),
      ),
      must(
        'All nodes MUST implement Duplicate Address Detection',
        tested(
          autoconfiguration(
            'is asked about once, from nobody, at its group, which was joined before; a second later it is the host’s',
            'is another’s when somebody advertises it',
          ),
        ),
      ),
      must(
        'on all unicast addresses prior to assigning them to an interface',
        tested(autoconfiguration('is every one: link-local, given, and made of a prefix')),
      ),
      should(
        'RFC 7527 (enhanced detection): SHOULD be implemented where beneficial',
        tested(ipv6('is nobody else’s where only our own probe comes back (RFC 7527 4.2)')),
      ),
    ),
    section(
      '6.4',
      'Privacy Extensions for Address Configuration in IPv6 - RFC 4941',
      should(
        'RFC 4941 (now 8981) SHOULD be supported',
        tested(
          temporary(
            'are there beside the stable one of the prefix, and new conversations begin from them (RFC 6724 5, rule 7)',
            'are preferred for a day less up to two fifths of one, and valid for two (3.8), whatever routers say later',
          ),
        ),
      ),
      must(
        'MUST provide a way to explicitly enable or disable the use of temporary addresses',
        tested(temporary('are none where nobody asked for them')),
      ),
    ),
    section(
      '6.5',
      'Stateful Address Autoconfiguration (DHCPv6) - RFC 3315',
      should('All hosts SHOULD implement address configuration via DHCPv6', tested(dhcpv6(STATEFUL))),
      should(
        'DHCPv6 client anonymity profiles (RFC 7844) SHOULD be supported where devices visit networks',
        open('The DUID is made of the Ethernet address.'),
      ),
    ),
    section(
      '6.6',
      'Default Address Selection for IPv6 - RFC 6724',
      must(
        'The rules of RFC 6724 MUST be implemented',
        tested(
          order(
            '[6724 §10.2] %s',
            '[6724 §6 rule 1] last where there is no way to them',
            '[6724 §6 rules 9, 10] as they came where they are equal, and always among those of IPv4',
          ),
          autoconfiguration('to be preferred is sent from only where there is no other'),
        ),
      ),
      should(
        'Rule 5.5, as RFC 8028 updates it, SHOULD be implemented',
        open('It is not: an address is not known by the router that its prefix came from.'),
      ),
    ),
    section(
      '7',
      'DNS',
      should(
        'All nodes SHOULD implement stub-resolver functionality, with AAAA',
        tested(resolver('asks for both kinds of address at once, and has them all')),
      ),
      should(
        'with PTR in ip6.arpa',
        tested(resolver('names an address of IPv6 backwards by its digits (RFC 3596 2.5)')),
      ),
      should(
        'with EDNS(0)',
        tested(
          resolver(
            'are told how large a datagram may be: as much as goes unfragmented, 512 octets at least (RFC 6891 6.2.3, 6.2.5)',
          ),
        ),
      ),
      should('RECOMMENDED to support DNS security extensions', open('Signatures are not checked.')),
    ),
    section(
      '8.1',
      'DHCP for Other Configuration Information',
      should('Hosts SHOULD implement DHCP where they need what is only available by it', tested(dhcpv6(STATELESS))),
      must('If an IPv6 node implements DHCP, it MUST implement the DNS options (RFC 3646)', tested(dhcpv6(STATELESS))),
    ),
    noDemand('8.2', 'Router Advertisements and Default Gateway', 'there is no DHCPv6 option of a gateway.'),
    section(
      '8.3',
      'IPv6 Router Advertisement Options for DNS Configuration - RFC 8106',
      must(
        'Implementations MUST include support for the DNS RA option',
        tested(
          names('holds for its lifetime, is told when it changes, and runs out by itself'),
          kernel(
            'serves a page to our stack by its name, which nothing but its router tells whom to ask for (RFC 8106, 3596)',
          ),
        ),
      ),
    ),
    noDemand('8.4', 'DHCP Options versus Router Advertisement Options for Host Configuration', 'a discussion.'),
    section(
      '9',
      'Service Discovery Protocols',
      should('mDNS and DNS-SD SHOULD be supported where service discovery would be beneficial', open('They are not.')),
    ),
    noDemand('10', 'IPv4 Support and Transition', 'IPv4 may be supported, and is.'),
    section(
      '10.1.1',
      'Basic Transition Mechanisms for IPv6 Hosts and Routers - RFC 4213',
      must(
        'If a node implements dual stack and tunneling, RFC 4213 MUST be supported',
        notApplicable('There are no tunnels.'),
      ),
    ),
    section(
      '11.1',
      'Textual Representation of IPv6 Addresses - RFC 5952',
      should(
        'Software that takes addresses in text form SHOULD support RFC 5952',
        tested(
          addresses(
            '2001:0db8::0001 is written 2001:db8::1',
            '2001:db8:0:0:1:0:0:1 is written 2001:db8::1:0:0:1',
            'of ten thousand addresses is what a browser writes, and is read back as the same object',
          ),
        ),
      ),
    ),
    noDemand('11.2', 'Application Programming Interfaces (APIs)', 'none is mandated.'),
    noDemand('12', 'Mobility', 'it may be supported, and is not.'),
    section(
      '13.1',
      'Requirements',
      should('RFC 4301 (IPsec) SHOULD be supported by all IPv6 nodes', open('It is not, as on other small stacks.')),
      must('Nodes implementing it MUST implement ESP', noIpsec),
    ),
    section(
      '13.2',
      'Transforms and Algorithms',
      must('Nodes implementing the IPsec Architecture MUST conform to RFC 8221', noIpsec),
      must('MUST allow for migration to new algorithms', noIpsec),
      must('Nodes implementing IKEv2 MUST conform to RFC 8247', noIpsec),
    ),
    noDemand('14.1', 'IPv6 Router Alert Option - RFC 2711', 'it follows from MLD.'),
    section(
      '14.2',
      'Neighbor Discovery for IPv6 - RFC 4861',
      must(
        'Sending Router Advertisements and processing Router Solicitations MUST be supported',
        tested(
          router(
            'come thrice within 16 s each, then between the intervals, by chance',
            'answer who asks within half a second, but never twice within three (6.2.6)',
          ),
          kernelRouter('is asked by rdisc6, and says all that it was given'),
        ),
      ),
      should('Routers SHOULD implement sections 7.3 and 7.5 of RFC 6275 (mobility)', open('They are not.')),
    ),
    section(
      '14.3',
      'Stateful Address Autoconfiguration (DHCPv6) - RFC 3315',
      should(
        'Routers targeted for complex scenarios SHOULD support relay agent functionality',
        notApplicable('This one is for labs.'),
      ),
    ),
    section(
      '14.4',
      'IPv6 Prefix Length Recommendation for Forwarding - BCP 198',
      must(
        'Forwarding nodes MUST conform to BCP 198: prefixes of any length',
        tested(
          addresses('is under a prefix of any length'),
          router('reach a network by the router that is named for it, and no longer when that is taken back'),
        ),
      ),
      must(
        'Nodes that may forward MUST conform to RFC 4632 5.1: the longest match',
        tested(router('go by the longest prefix, whatever the preference, then by preference (3.2)')),
      ),
    ),
    section(
      '15',
      'Constrained Devices',
      should(
        'The requirements of this document are RECOMMENDED for all nodes, including constrained nodes',
        tested(kernel('has an Uno behind its simulated chip answer, and serve its page: net up model:uno --address6')),
      ),
      should('Nodes that are battery powered SHOULD implement RFC 7772', notApplicable('None is.')),
    ),
    section(
      '16.1',
      'Management Information Base (MIB) Modules',
      should('Two MIB modules SHOULD be supported by nodes that support an SNMP agent', noAgent),
    ),
    section('16.1.1', 'IP Forwarding Table MIB', should('SHOULD be supported by nodes with an SNMP agent', noAgent)),
    section(
      '16.1.2',
      'Management Information Base for the Internet Protocol (IP)',
      should('SHOULD be supported by nodes with an SNMP agent', noAgent),
    ),
    section('16.1.3', 'Interface MIB', should('SHOULD be supported by nodes with an SNMP agent', noAgent)),
    section(
      '16.2',
      'YANG Data Models',
      should('SHOULD be supported by nodes with a NETCONF or RESTCONF agent', noAgent),
    ),
    section('16.2.1', 'IP Management YANG Model', should('SHOULD be supported by such nodes', noAgent)),
    section('16.2.2', 'Interface Management YANG Model', should('SHOULD be supported by such nodes', noAgent)),
    noDemand('17', 'Security Considerations', 'those of the protocols.'),
    noDemand('A', 'Changes from RFC 6434', 'changes.'),
  ],
}
