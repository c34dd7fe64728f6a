/** RFC 4861, read section by section. What only a router does is in place as such. */
import {
  must,
  mustNot,
  noDemand,
  notApplicable,
  ofRouter,
  open,
  type Standard,
  section,
  should,
  shouldNot,
  tested,
  testsOf,
} from './sentence.js'

const discovery = testsOf('firmware/net/nd/discovery.test.ts')
const chart = testsOf('firmware/net/nd/chart.test.ts')
const configuration = testsOf('firmware/net/nd/autoconfiguration.test.ts')
const ipv6 = testsOf('firmware/net/ipv6/ipv6.test.ts')
const router = testsOf('firmware/net/ipv6/router.test.ts')
const kernel = testsOf('test/net/kernel6.test.ts')

const noAnycast = notApplicable('No interface has an anycast address.')
const noProxy = notApplicable('It answers for no other node.')
const drafts = notApplicable('Asked of who writes standards.')
const neverChanges = notApplicable(
  'An interface keeps its Ethernet address as long as it is; nothing is advertised unasked.',
)

const SOLICITED = 'is answered to its sender: solicited, to override, of no router, with the station'
const PROBED = 'of nobody is answered to all nodes, not solicited, and makes no neighbour'
const ASKED = 'is asked for: the group of its address, with the own station, from the address that the datagram is from'
const ASKED_THRICE =
  'is asked for three times, a second apart, whatever more is sent to it; then each datagram that waits is reported'
const PROBES = 'is asked five seconds after something was sent to it, at its station, three times; then it is forgotten'
const ROUTERS_ASKED =
  'is asked for three times at most, four seconds apart, from the link-local address, and no more once one came'
const NO_MORE = 'of one that is no router any more ends it as a router, and what went by it is found anew'
const ENDS = 'with lifetime 0 ends a router, and what went by it is found anew'

const IN_OCTETS = 'say what it was given, in the octets of RFC 4861, RFC 4191 and RFC 8106'
const THRICE = 'come thrice within 16 s each, then between the intervals, by chance'
const WHO_ASKS = 'answer who asks within half a second, but never twice within three (6.2.6)'
const NO_SOLICITATION = 'are not asked for by what is no solicitation (6.1.1)'
const FAREWELL = 'end with one of lifetime 0, which hosts believe at once (6.2.5)'
const CONTRADICT = 'of two routers that contradict each other are reported, once for each contradiction (6.2.7)'
const SAY_ROUTER = 'say that the router is one in answers to questions (4.4), and nothing of it in those of a host'
const BETTER_HOP = 'are sent to the better hop where that is on their own link (RFC 4861 8.2)'

const discarded = (kind: string, ...whats: string[]) =>
  discovery(...whats.map((what) => `${kind} ${what} is discarded in silence`))
const taken = (kind: string, what: string) => discovery(`${kind} with ${what} is taken, and these are not`)

const RESERVED = 'reserved bits set'
const UNKNOWN = 'options that nobody knows'
const FOREIGN = 'options of other messages'
const NO_LENGTH = 'with an option of no length'

export const RFC_4861: Standard = {
  rfc: 4861,
  title: 'Neighbor Discovery for IP version 6 (IPv6)',
  complete: true,
  extent: 'Words in capitals (RFC 2119); one sentence that repeats another is counted where it stands.',
  sections: [
    noDemand('1', 'Introduction', 'what it is for.'),
    noDemand('2.1', 'General', 'terms.'),
    noDemand('2.2', 'Link Types', 'terms.'),
    section('2.3', 'Addresses', must('All interfaces on routers MUST have a link-local address', ofRouter())),
    noDemand('2.4', 'Requirements', 'what its words mean.'),
    noDemand('3', 'Protocol Overview', 'an overview.'),
    noDemand('3.1', 'Comparison with IPv4', 'a comparison; of it is cited why the hop limit is 255.'),
    noDemand('3.2', 'Supported Link Types', 'kinds of links, in small letters.'),
    noDemand('3.3', 'Securing Neighbor Discovery Messages', 'it names other documents.'),
    section(
      '4.1',
      'Router Solicitation Message Format',
      must('Reserved MUST be initialized to zero by the sender', tested(discovery(ROUTERS_ASKED))),
      must('and ignored by the receiver', ofRouter()),
      mustNot(
        'Source link-layer address MUST NOT be included if the source is the unspecified address',
        notApplicable('It is sent when there is a link-local address, and from that.'),
      ),
      should('Otherwise it SHOULD be included', tested(discovery(ROUTERS_ASKED))),
      must('Receivers MUST silently ignore options they do not recognize', ofRouter()),
    ),
    section(
      '4.2',
      'Router Advertisement Message Format',
      must('The source MUST be the link-local address of the interface', ofRouter()),
      must('Reserved MUST be initialized to zero by the sender', tested(router(IN_OCTETS))),
      must('and ignored by the receiver', tested(taken('a router advertisement', RESERVED))),
      shouldNot('Router Lifetime 0: it SHOULD NOT appear on the default router list', tested(discovery(ENDS))),
      should('MTU SHOULD be sent on links that have a variable MTU', tested(router(IN_OCTETS))),
      should('A router SHOULD include all its on-link prefixes', tested(router(IN_OCTETS))),
      must(
        'Receivers MUST silently ignore options they do not recognize',
        tested(taken('a router advertisement', UNKNOWN)),
      ),
    ),
    section(
      '4.3',
      'Neighbor Solicitation Message Format',
      must('Reserved MUST be initialized to zero by the sender', tested(discovery(ASKED))),
      must('and ignored by the receiver', tested(taken('a solicitation', RESERVED))),
      mustNot('The target MUST NOT be a multicast address', tested(discovery(ASKED))),
      mustNot(
        'Source link-layer address MUST NOT be included when the source is the unspecified address',
        tested(
          discovery('a solicitation of nobody with a link-layer address is discarded in silence'),
          ipv6('is nobody else’s where only our own probe comes back (RFC 7527 4.2)'),
        ),
      ),
      must('Otherwise it MUST be included in multicast solicitations', tested(discovery(ASKED))),
      should('and SHOULD in unicast solicitations', tested(discovery(PROBES))),
      must('Receivers MUST silently ignore options they do not recognize', tested(taken('a solicitation', UNKNOWN))),
    ),
    section(
      '4.4',
      'Neighbor Advertisement Message Format',
      mustNot('The S flag MUST NOT be set in multicast advertisements', tested(discovery(PROBED))),
      mustNot('or in unsolicited unicast advertisements', neverChanges),
      shouldNot('The O flag SHOULD NOT be set in solicited advertisements for anycast addresses', noAnycast),
      shouldNot('and in solicited proxy advertisements', noProxy),
      should('It SHOULD be set in other solicited advertisements', tested(discovery(SOLICITED, PROBED))),
      should('and in unsolicited advertisements', neverChanges),
      must('Reserved MUST be initialized to zero by the sender', tested(discovery(SOLICITED, PROBED))),
      must('and ignored by the receiver', tested(taken('an advertisement', RESERVED))),
      mustNot('The target MUST NOT be a multicast address', tested(discovery(SOLICITED))),
      must(
        'Target link-layer address MUST be included when responding to multicast solicitations',
        tested(discovery(SOLICITED, PROBED)),
      ),
      should('and SHOULD when responding to a unicast one', tested(discovery(SOLICITED))),
      must('Receivers MUST silently ignore options they do not recognize', tested(taken('an advertisement', UNKNOWN))),
    ),
    section(
      '4.5',
      'Redirect Message Format',
      must('The source MUST be the link-local address of the interface', ofRouter()),
      must(
        'Reserved MUST be initialized to zero by the sender',
        open('No test looks at the reserved octets of a redirect.'),
      ),
      must('and ignored by the receiver', tested(taken('a redirect', RESERVED))),
      must(
        'The target of a neighbor MUST contain the same value as the destination',
        open('Only a better router is tested, and not a neighbour as the target.'),
      ),
      must('Otherwise it MUST be the better router’s link-local address', tested(router(BETTER_HOP))),
      should('Target link-layer address SHOULD be included (if known)', tested(router(BETTER_HOP))),
      must('and MUST be on NBMA links', notApplicable('Ethernet is no such link.')),
    ),
    section(
      '4.6',
      'Option Formats',
      must(
        'Silently discard an ND packet that contains an option with length zero',
        tested(
          discarded('a router advertisement', NO_LENGTH),
          discarded('a solicitation', NO_LENGTH),
          discarded('an advertisement', NO_LENGTH),
          discarded('a redirect', NO_LENGTH),
        ),
      ),
    ),
    section(
      '4.6.1',
      'Source/Target Link-layer Address',
      must(
        'MUST be silently ignored for other messages than theirs',
        tested(
          taken('a router advertisement', FOREIGN),
          taken('a solicitation', FOREIGN),
          taken('an advertisement', FOREIGN),
          taken('a redirect', FOREIGN),
        ),
      ),
    ),
    section(
      '4.6.2',
      'Prefix Information',
      mustNot(
        'L not set: MUST NOT conclude that an address derived from the prefix is off-link',
        tested(discovery('that does not say that a prefix is on the link takes nothing back; with lifetime 0 it does')),
      ),
      mustNot(
        'It MUST NOT update a previous indication that the address is on-link',
        tested(discovery('that does not say that a prefix is on the link takes nothing back; with lifetime 0 it does')),
      ),
      must('Reserved1 MUST be initialized to zero by the sender', tested(router(IN_OCTETS))),
      must(
        'and ignored by the receiver',
        tested(
          discovery(
            'has a prefix and an MTU whatever stands in their reserved bits, and behind the length of the prefix',
          ),
        ),
      ),
      mustNot('Preferred Lifetime MUST NOT exceed the Valid Lifetime', ofRouter()),
      must('Reserved2 MUST be initialized to zero by the sender', tested(router(IN_OCTETS))),
      must(
        'and ignored by the receiver',
        tested(
          discovery(
            'has a prefix and an MTU whatever stands in their reserved bits, and behind the length of the prefix',
          ),
        ),
      ),
      must('Bits after the prefix length MUST be initialized to zero by the sender', ofRouter()),
      must(
        'and ignored by the receiver',
        tested(
          discovery(
            'has a prefix and an MTU whatever stands in their reserved bits, and behind the length of the prefix',
          ),
        ),
      ),
      shouldNot('A router SHOULD NOT send a prefix option for the link-local prefix', ofRouter()),
      should(
        'and a host SHOULD ignore such a one',
        tested(discovery('that announces the link-local prefix announces nothing')),
      ),
      must(
        'The option MUST be silently ignored for other messages',
        tested(discovery('has an MTU and a prefix only in a router advertisement')),
      ),
    ),
    section(
      '4.6.3',
      'Redirected Header',
      must('Reserved MUST be initialized to zero by the sender', tested(router(IN_OCTETS))),
      must('and ignored by the receiver', notApplicable('A host makes no use of the option.')),
      must(
        'The option MUST be silently ignored for other messages',
        notApplicable('A host makes no use of the option, in any message.'),
      ),
    ),
    section(
      '4.6.4',
      'MTU',
      must('Reserved MUST be initialized to zero by the sender', tested(router(IN_OCTETS))),
      must(
        'and ignored by the receiver',
        tested(
          discovery(
            'has a prefix and an MTU whatever stands in their reserved bits, and behind the length of the prefix',
          ),
        ),
      ),
      must(
        'The option MUST be silently ignored for other messages',
        tested(discovery('has an MTU and a prefix only in a router advertisement')),
      ),
    ),
    section(
      '5.1',
      'Conceptual Data Structures',
      shouldNot(
        'Received Router Advertisements SHOULD NOT modify the invalidation timer for the link-local prefix',
        tested(discovery('that announces the link-local prefix announces nothing')),
      ),
    ),
    noDemand('5.2', 'Conceptual Sending Algorithm', 'a model, in small letters.'),
    noDemand('5.3', 'Garbage Collection and Timeout Requirements', 'advice, in small letters.'),
    section(
      '6.1.1',
      'Validation of Router Solicitation Messages',
      must(
        'Hosts MUST silently discard any received Router Solicitation',
        tested(discovery('is never sent by a host, nor a redirect, and a solicitation for one is discarded')),
      ),
      must('A router MUST silently discard one that does not satisfy the checks', tested(router(NO_SOLICITATION))),
      must('Reserved, and unrecognized options, MUST be ignored', ofRouter()),
      must('Defined options that are not specified for it MUST be ignored', ofRouter()),
    ),
    section(
      '6.1.2',
      'Validation of Router Advertisement Messages',
      must(
        'Silently discard one that does not satisfy the checks: source, hop limit, checksum, code, length, options',
        tested(
          discarded(
            'a router advertisement',
            'whose source is no link-local address',
            'that a router passed on',
            'with a wrong checksum',
            'with another code than 0',
            'of less than 16 octets',
            NO_LENGTH,
          ),
        ),
      ),
      must(
        'Reserved, and unrecognized options, MUST be ignored',
        tested(taken('a router advertisement', RESERVED), taken('a router advertisement', UNKNOWN)),
      ),
      must(
        'Defined options that are not specified for it MUST be ignored',
        tested(taken('a router advertisement', FOREIGN)),
      ),
    ),
    section(
      '6.2.1',
      'Router Configuration Variables',
      must('A router MUST allow for these variables to be configured', tested(router(IN_OCTETS))),
      must('AdvSendAdvertisements MUST be FALSE by default', ofRouter()),
      must('MaxRtrAdvInterval MUST be from 4 to 1800 seconds', ofRouter()),
      must('MinRtrAdvInterval MUST be from 3 seconds to 0.75 times that', ofRouter()),
      must('AdvReachableTime MUST be no greater than an hour', ofRouter()),
      must('AdvDefaultLifetime MUST be zero, or from MaxRtrAdvInterval to 9000 seconds', ofRouter()),
      shouldNot('The link-local prefix SHOULD NOT be included in the list of advertised prefixes', ofRouter()),
      mustNot('AdvPreferredLifetime MUST NOT be larger than AdvValidLifetime', ofRouter()),
      must('External router behavior MUST be the same as host behavior with respect to host variables', ofRouter()),
    ),
    section(
      '6.2.2',
      'Becoming an Advertising Interface',
      mustNot('A router MUST NOT send Router Advertisements out any other interface', ofRouter()),
      must('A router MUST join the all-routers address on an advertising interface', ofRouter()),
    ),
    section(
      '6.2.3',
      'Router Advertisement Message Content',
      should('Answering a solicitation, and at first, it SHOULD include all options', tested(router(IN_OCTETS))),
    ),
    section(
      '6.2.4',
      'Sending Unsolicited Router Advertisements',
      mustNot(
        'A host MUST NOT send Router Advertisement messages at any time',
        tested(discovery('is never sent by a host, nor a redirect, and a solicitation for one is discarded')),
      ),
      should('The first few are MAX_INITIAL_RTR_ADVERT_INTERVAL apart at most', tested(router(THRICE))),
    ),
    section(
      '6.2.5',
      'Ceasing To Be an Advertising Interface',
      should('It SHOULD transmit final advertisements with a Router Lifetime of zero', tested(router(FAREWELL))),
      should('A router that becomes a host SHOULD depart from the all-routers group', ofRouter()),
      must('and MUST have the Router flag zero in subsequent Neighbor Advertisements', ofRouter()),
      must('Where forwarding is disabled, subsequent advertisements MUST have a Router Lifetime of zero', ofRouter()),
    ),
    section(
      '6.2.6',
      'Processing Router Solicitations',
      must(
        'A host MUST silently discard any received Router Solicitation',
        tested(discovery('is never sent by a host, nor a redirect, and a solicitation for one is discarded')),
      ),
      must('An answer MUST be delayed by a random time up to MAX_RA_DELAY_TIME', tested(router(WHO_ASKS))),
      must('Multicast advertisements MUST be MIN_DELAY_BETWEEN_RAS apart', tested(router(WHO_ASKS))),
      mustNot('Unsolicited ones MUST NOT be sent more frequently than MinRtrAdvInterval', tested(router(THRICE))),
      mustNot('A solicitation of the unspecified address MUST NOT update the Neighbor Cache', ofRouter()),
      should('A different link-layer address SHOULD be updated in the cache', ofRouter()),
      must('and the state MUST be set to STALE', ofRouter()),
      must('The IsRouter flag MUST be set to FALSE', ofRouter()),
    ),
    section(
      '6.2.7',
      'Router Advertisement Consistency',
      should('Routers SHOULD inspect the advertisements of others', tested(router(CONTRADICT))),
      should('Inconsistencies SHOULD be logged', tested(router(CONTRADICT))),
      should('those of Cur Hop Limit too, but for zero', tested(router(CONTRADICT))),
      should('A comparison of lifetimes SHOULD allow some time skew', ofRouter()),
      should('Logging SHOULD be restricted to what has hosts switch values', ofRouter()),
    ),
    section(
      '6.2.8',
      'Link-local Address Change',
      should('A router that changes its link-local address SHOULD inform hosts', ofRouter()),
      should('by a few advertisements from the old and the new one', ofRouter()),
    ),
    noDemand('6.3', 'Host Specification', 'the heading of what follows.'),
    noDemand('6.3.1', 'Host Configuration Variables', 'there are none.'),
    noDemand('6.3.2', 'Host Variables', 'defaults, in small letters; 6.3.4 demands them.'),
    noDemand('6.3.3', 'Interface Initialization', 'in small letters; 7.2.1 demands it.'),
    section(
      '6.3.4',
      'Processing Received Router Advertisements',
      mustNot(
        'An advertisement MUST NOT invalidate all information of a previous one or another source',
        tested(discovery('of one router takes nothing back that another said')),
      ),
      mustNot(
        'The unspecified value MUST NOT be interpreted as a change back to the default',
        tested(discovery('sets hop limit and MTU of what is sent, and a field of 0 leaves them as they are')),
      ),
      must(
        'A host MUST retain at least two router addresses',
        tested(discovery('of sixteen routers has all of them kept, and of more no more')),
      ),
      should(
        'and SHOULD retain more',
        tested(discovery('of sixteen routers has all of them kept, and of more no more')),
      ),
      should(
        'Cur Hop Limit, non-zero: SHOULD set CurHopLimit',
        tested(discovery('sets hop limit and MTU of what is sent, and a field of 0 leaves them as they are')),
      ),
      should(
        'Reachable Time, non-zero: SHOULD set BaseReachableTime',
        tested(discovery('sets how long a neighbour is believed, by chance between half and one and a half times it')),
      ),
      should(
        'If it differs, SHOULD re-compute a new random ReachableTime',
        tested(discovery('sets how long a neighbour is believed, by chance between half and one and a half times it')),
      ),
      should(
        'A new random value SHOULD get re-computed at least once every few hours',
        tested(discovery('is believed for another time by chance every few hours, whatever routers say')),
      ),
      should('RetransTimer SHOULD be copied, if non-zero', tested(discovery('sets the time between solicitations'))),
      should(
        'Source link-layer address SHOULD be recorded in the Neighbor Cache',
        tested(discovery('makes its sender a neighbour that is a router and STALE, of the station that it says')),
      ),
      must(
        'and the IsRouter flag MUST be set to TRUE',
        tested(discovery('makes its sender a neighbour that is a router and STALE, of the station that it says')),
      ),
      must(
        'Without that option the IsRouter flag of an entry MUST be set to TRUE',
        tested(discovery('without a station makes no neighbour, and one that is known a router')),
      ),
      must(
        'An entry that is created MUST be STALE',
        tested(discovery('makes its sender a neighbour that is a router and STALE, of the station that it says')),
      ),
      must(
        'One that is updated with a different address MUST be STALE',
        tested(discovery('makes its sender a neighbour that is a router and STALE, of the station that it says')),
      ),
      should(
        'MTU SHOULD be copied into LinkMTU from 1280 to what the link type allows',
        tested(discovery('sets an MTU from 1280 to what the link takes, and no other')),
      ),
      mustNot(
        'L zero MUST NOT be interpreted to mean that addresses are off-link',
        tested(discovery('that does not say that a prefix is on the link takes nothing back; with lifetime 0 it does')),
      ),
    ),
    section(
      '6.3.5',
      'Timing out Prefixes and Default Routers',
      must(
        'Removing a router, MUST have all Destination Cache entries that use it perform next-hop determination again',
        tested(discovery(ENDS, 'that is not heard again ends a router and its prefix when their time is over')),
      ),
    ),
    section(
      '6.3.6',
      'Default Router Selection',
      should(
        'Routers that are reachable or probably so SHOULD be preferred over those unknown or suspect',
        open(
          'One that did not answer is passed over for a minute; one that was never asked ranks with those that answer.',
        ),
      ),
      should(
        'None known to be reachable: routers SHOULD be selected in a round-robin fashion',
        open('The first in the list is asked again; `routers.ts` is being made anew for RFC 4191.'),
      ),
    ),
    section(
      '6.3.7',
      'Sending Router Solicitations',
      should('Transmit up to MAX_RTR_SOLICITATIONS, RTR_SOLICITATION_INTERVAL apart', tested(discovery(ROUTERS_ASKED))),
      should('Source link-layer address SHOULD be set, if the source is specified', tested(discovery(ROUTERS_ASKED))),
      should(
        'The initial one SHOULD be delayed by a random time up to MAX_RTR_SOLICITATION_DELAY, unless DAD was',
        tested(
          configuration(
            'is asked about once, from nobody, at its group, which was joined before; a second later it is the host’s',
          ),
        ),
      ),
      must(
        'Once one was sent and a valid advertisement with a lifetime received, MUST desist',
        tested(discovery(ROUTERS_ASKED)),
      ),
      should(
        'SHOULD send at least one where an advertisement is received before',
        tested(
          discovery(
            'that came before the host could ask has it ask once all the same, after a time by chance of a second at most',
          ),
        ),
      ),
    ),
    section(
      '7.1.1',
      'Validation of Neighbor Solicitations',
      must(
        'Silently discard one that does not satisfy the checks',
        tested(
          discarded(
            'a solicitation',
            'that a router passed on',
            'with a wrong checksum',
            'with another code than 0',
            'of less than 24 octets',
            'for a group',
            NO_LENGTH,
            'of nobody to another group than its own',
            'of nobody with a link-layer address',
          ),
        ),
      ),
      must(
        'Reserved, and unrecognized options, MUST be ignored',
        tested(taken('a solicitation', RESERVED), taken('a solicitation', UNKNOWN)),
      ),
      must('Defined options that are not specified for it MUST be ignored', tested(taken('a solicitation', FOREIGN))),
    ),
    section(
      '7.1.2',
      'Validation of Neighbor Advertisements',
      must(
        'Silently discard one that does not satisfy the checks',
        tested(
          discarded(
            'an advertisement',
            'that a router passed on',
            'with a wrong checksum',
            'with another code than 0',
            'of less than 24 octets',
            'of a group',
            'to a group that says it is an answer',
            NO_LENGTH,
          ),
        ),
      ),
      must(
        'Reserved, and unrecognized options, MUST be ignored',
        tested(taken('an advertisement', RESERVED), taken('an advertisement', UNKNOWN)),
      ),
      must('Defined options that are not specified for it MUST be ignored', tested(taken('an advertisement', FOREIGN))),
    ),
    section(
      '7.2',
      'Address Resolution',
      mustNot(
        'Messages without a link-layer address MUST NOT create or update entries, but for the IsRouter flag',
        tested(
          discovery(
            'without a station makes no neighbour, and one that is known a router',
            'without a station makes no neighbour, and is answered when its sender was found',
            'without a station makes a target that is known a router, and no neighbour of one that is not',
          ),
        ),
      ),
    ),
    section(
      '7.2.1',
      'Interface Initialization',
      must(
        'Join all-nodes, and the solicited-node address of each assigned address',
        tested(
          configuration(
            'is asked about once, from nobody, at its group, which was joined before; a second later it is the host’s',
          ),
          kernel('finds it among all nodes of the link'),
        ),
      ),
      must(
        'Join and leave as addresses are added and removed',
        tested(
          configuration('to be valid is the host’s no more: neither source nor destination, and its group is left'),
        ),
      ),
      mustNot(
        'MUST NOT leave it until all addresses of that group have been removed',
        open('Memberships are counted (`mld.ts`); no test has two addresses of one group.'),
      ),
    ),
    section(
      '7.2.2',
      'Sending Neighbor Solicitations',
      should(
        'The source of the prompting packet, if the interface has it, SHOULD be that of the solicitation',
        tested(
          discovery(
            'is asked for from the address that the datagram is from, where that is not the one that would be chosen',
          ),
        ),
      ),
      must('To a solicited-node address, MUST include the link-layer address', tested(discovery(ASKED))),
      should('Otherwise SHOULD include it', tested(discovery(PROBES))),
      must(
        'Retain a small queue of packets waiting for address resolution',
        tested(discovery('has the latest eight datagrams wait for it, which go when it answers')),
      ),
      must(
        'It MUST hold at least one packet',
        tested(discovery('has the latest eight datagrams wait for it, which go when it answers')),
      ),
      should(
        'It SHOULD be limited to some small value',
        tested(discovery('has the latest eight datagrams wait for it, which go when it answers')),
      ),
      should(
        'The new arrival SHOULD replace the oldest entry',
        tested(discovery('has the latest eight datagrams wait for it, which go when it answers')),
      ),
      should('Solicitations SHOULD be retransmitted every RetransTimer', tested(discovery(ASKED_THRICE))),
      must('at most one per neighbor every RetransTimer', tested(discovery(ASKED_THRICE))),
      must(
        'Failed: MUST return destination unreachable, code 3, for each packet queued',
        tested(discovery(ASKED_THRICE)),
      ),
    ),
    section(
      '7.2.3',
      'Receipt of Neighbor Solicitations',
      must(
        'One whose target is none of the node’s MUST be silently discarded',
        tested(discovery('for an address that is not the host’s is discarded')),
      ),
      should(
        'SHOULD create or update the entry of its source',
        tested(discovery('makes its sender a neighbour that is STALE and no router: DELAY with the answer to it')),
      ),
      should(
        'and SHOULD create it STALE',
        tested(discovery('makes its sender a neighbour that is STALE and no router: DELAY with the answer to it')),
      ),
      must(
        'A different cached address: the state MUST be STALE',
        tested(discovery('from another station makes it STALE there, and leaves what is known of it as a router')),
      ),
      should(
        'IsRouter of an entry that is created SHOULD be FALSE',
        tested(discovery('makes its sender a neighbour that is STALE and no router: DELAY with the answer to it')),
      ),
      mustNot(
        'IsRouter of one that exists MUST NOT be modified',
        tested(discovery('from another station makes it STALE there, and leaves what is known of it as a router')),
      ),
      mustNot('Source unspecified: MUST NOT create or update an entry', tested(discovery(PROBED))),
    ),
    section(
      '7.2.4',
      'Sending Solicited Neighbor Advertisements',
      must(
        'Solicited by multicast: the Target Link-Layer option MUST be included',
        tested(discovery(SOLICITED, PROBED)),
      ),
      must('A router MUST set the Router flag', tested(router(SAY_ROUTER))),
      must('otherwise it MUST be zero', tested(discovery(SOLICITED, PROBED))),
      should('Anycast, proxy, or no option: the Override flag SHOULD be zero', noAnycast),
      should('Otherwise it SHOULD be one', tested(discovery(SOLICITED, PROBED))),
      must('Source unspecified: Solicited MUST be zero, and it goes to all-nodes', tested(discovery(PROBED))),
      must('Otherwise Solicited MUST be one, and it goes to the source', tested(discovery(SOLICITED))),
      should('Anycast: SHOULD delay the response', noAnycast),
    ),
    section(
      '7.2.5',
      'Receipt of Neighbor Advertisements',
      should('No entry: SHOULD be silently discarded', tested(discovery('that nobody asked for makes no neighbour'))),
      should(
        'INCOMPLETE and no link-layer address: SHOULD be silently discarded',
        tested(discovery('of a neighbour that is asked for without a station is discarded')),
      ),
      mustNot(
        'Override clear and another address, not REACHABLE: MUST NOT update the cache',
        tested(
          discovery(
            'that finds a neighbour STALE, of another station that does not override',
            'that finds a neighbour DELAY, of another station that does not override',
            'that finds a neighbour PROBE, of another station that does not override',
          ),
        ),
      ),
      must(
        'Override set, or the same or no address: MUST update the entry',
        tested(
          discovery(
            'that finds a neighbour STALE, of the same station, solicited',
            'that finds a neighbour PROBE, of no station, solicited',
          ),
        ),
      ),
      must(
        'The link-layer address MUST be inserted, if it differs',
        tested(discovery('that finds a neighbour STALE, of another station, solicited')),
      ),
      must(
        'Solicited: the state MUST be REACHABLE',
        tested(discovery('that finds a neighbour PROBE, of another station, solicited')),
      ),
      must(
        'Not solicited and another address: the state MUST be STALE',
        tested(
          discovery(
            'that finds a neighbour REACHABLE, of another station, unsolicited',
            'that finds a neighbour DELAY, of another station, unsolicited',
            'that finds a neighbour PROBE, of another station, unsolicited',
          ),
        ),
      ),
      must(
        'The IsRouter flag MUST be set from the Router flag',
        tested(discovery('that finds a neighbour STALE, of no station, unsolicited, of a router')),
      ),
      must(
        'From TRUE to FALSE: MUST remove the router from the Default Router List and update the Destination Cache (one that a person gave is passed over for a minute: nobody would announce it again)',
        tested(discovery(NO_MORE)),
      ),
    ),
    section(
      '7.2.6',
      'Sending Unsolicited Neighbor Advertisements',
      must('They MUST be separated by at least RetransTimer', neverChanges),
      must('Solicited MUST be zero', neverChanges),
      must('The Router flag MUST be that of a router or a host', neverChanges),
      should('Several addresses: SHOULD introduce a small delay between them', neverChanges),
    ),
    section(
      '7.2.7',
      'Anycast Neighbor Advertisements',
      should('SHOULD be delayed by a random time', noAnycast),
      should('Override SHOULD be 0', noAnycast),
    ),
    section(
      '7.2.8',
      'Proxy Neighbor Advertisements',
      must('A proxy MUST join the solicited-node addresses', noProxy),
      should('by a multicast listener discovery protocol', noProxy),
      must('All solicited proxy advertisements MUST have Override zero', noProxy),
    ),
    section(
      '7.3.1',
      'Reachability Confirmation',
      should(
        'Upper-layer information SHOULD be used when available',
        open(
          'TCP says when it doubts a neighbour, and not yet when it makes progress: a neighbour in use is asked every 15 to 45 s.',
        ),
      ),
      mustNot(
        'Other messages, as advertisements that are not solicited, MUST NOT be treated as confirmation',
        tested(
          discovery(
            'is no confirmation that its sender is reached',
            'that finds a neighbour DELAY, of the same station, unsolicited',
          ),
        ),
      ),
    ),
    noDemand('7.3.2', 'Neighbor Cache Entry States', 'the states, of which 7.3.3 tells.'),
    section(
      '7.3.3',
      'Node Behavior',
      should('Address resolution fails: the entry SHOULD be deleted', tested(discovery(ASKED_THRICE))),
      should('No response to MAX_UNICAST_SOLICIT: the entry SHOULD be deleted', tested(discovery(PROBES))),
      mustNot(
        'Solicitations to one neighbor MUST NOT be more frequent than RetransTimer',
        tested(discovery('is asked once a second at most, however often it is doubted')),
      ),
      should(
        'A cached address that other messages modify: the state SHOULD be STALE',
        tested(discovery('with another station than is known makes its target STALE there')),
      ),
      must('Compare the Router flag of all advertisements with IsRouter', tested(discovery(NO_MORE))),
      must('A router that became a host: MUST remove it and update the Destination Cache', tested(discovery(NO_MORE))),
      mustNot(
        'Link-specific information MUST NOT be used to confirm reachability',
        tested(chart('moves as the table of RFC 4861 appendix C has it')),
      ),
    ),
    section(
      '8',
      'Redirect Function',
      must('A router MUST be able to determine the link-local address of its neighboring routers', ofRouter()),
    ),
    section(
      '8.1',
      'Validation of Redirect Messages',
      must(
        'A host MUST silently discard one that does not satisfy the checks',
        tested(
          discarded(
            'a redirect',
            'whose source is no link-local address',
            'that a router passed on',
            'with a wrong checksum',
            'with another code than 0',
            'of less than 40 octets',
            'of somebody else than the first-hop router',
            'of a group',
            'to no router and not to the destination itself',
            NO_LENGTH,
          ),
        ),
      ),
      must(
        'Reserved, and unrecognized options, MUST be ignored',
        tested(taken('a redirect', RESERVED), taken('a redirect', UNKNOWN)),
      ),
      must('Defined options that are not specified for it MUST be ignored', tested(taken('a redirect', FOREIGN))),
      mustNot(
        'MUST NOT consider it invalid because the target is under no prefix of the link',
        tested(
          discovery(
            'to the destination itself has it on the link, under no prefix of it, and says nothing of a router',
          ),
        ),
      ),
    ),
    section(
      '8.2',
      'Router Specification',
      should('A router SHOULD send a redirect, subject to rate limiting', tested(router(BETTER_HOP))),
      must('A target that is a router: its link-local address MUST be used', tested(router(BETTER_HOP))),
      must('A target that is a host: MUST be the destination address', ofRouter()),
      must('The rate MUST be limited', ofRouter()),
      mustNot('A router MUST NOT update its routing tables upon receipt of one', ofRouter()),
    ),
    section(
      '8.3',
      'Host Specification',
      should(
        'A host SHOULD update its Destination Cache',
        tested(discovery('to another router has its destination go by that one, which is STALE and a router')),
      ),
      should(
        'No entry for the destination: SHOULD create one',
        open(
          'One about a destination that nothing is sent to is refused: it could only fill the cache (RFC 3756 4.2.4).',
        ),
      ),
      must(
        'An entry that is created MUST be STALE',
        tested(discovery('to another router has its destination go by that one, which is STALE and a router')),
      ),
      must(
        'One that is updated with a different address MUST be STALE',
        tested(discovery('with another station than is known makes its target STALE there')),
      ),
      must(
        'Target and destination the same: MUST treat the target as on-link',
        tested(
          discovery(
            'to the destination itself has it on the link, under no prefix of it, and says nothing of a router',
          ),
        ),
      ),
      must(
        'Not the same: MUST set IsRouter to TRUE',
        tested(
          discovery(
            'to another router has its destination go by that one, which is STALE and a router',
            'without a station makes a target that is known a router, and no neighbour of one that is not',
          ),
        ),
      ),
      mustNot(
        'A host MUST NOT send Redirect messages',
        tested(discovery('is never sent by a host, nor a redirect, and a solicitation for one is discarded')),
      ),
    ),
    section(
      '9',
      'Extensibility - Option Processing',
      must(
        'Silently ignore options that are not recognized, and continue',
        tested(
          taken('a router advertisement', UNKNOWN),
          taken('a solicitation', UNKNOWN),
          taken('an advertisement', UNKNOWN),
          taken('a redirect', UNKNOWN),
        ),
      ),
      must(
        'All options of this document MUST be recognized (of the Redirected Header a host makes no use)',
        tested(discovery('has an MTU and a prefix only in a router advertisement', ASKED, SOLICITED)),
      ),
      mustNot(
        'MUST NOT ignore valid options because of unrecognized ones',
        tested(taken('an advertisement', UNKNOWN), taken('a redirect', UNKNOWN)),
      ),
      should('Future options SHOULD be independent of each other', drafts),
      mustNot('An option MUST NOT depend on the presence of others', drafts),
      mustNot(
        'MUST NOT associate any action with the absence of an option',
        tested(discovery('of one router takes nothing back that another said')),
      ),
      must(
        'MUST be prepared to process them independently of their order',
        tested(discovery('has an MTU and a prefix only in a router advertisement')),
      ),
      must('The Redirected Header MUST be limited to the minimum MTU', ofRouter()),
      mustNot('A node MUST NOT exceed the link MTU by options', tested(discovery(ASKED, SOLICITED, ROUTERS_ASKED))),
      must(
        'Receivers MUST silently ignore options they do not recognize',
        tested(taken('a router advertisement', UNKNOWN)),
      ),
    ),
    noDemand('10', 'Protocol Constants', 'the constants; the tests of those who use them have their values.'),
    noDemand('11.1', 'Threat Analysis', 'threats.'),
    section(
      '11.2',
      'Securing Neighbor Discovery Messages',
      must('Where AH or ESP is used, ND packets MUST be verified', notApplicable('IPsec is not implemented.')),
      must('Packets that fail MUST be silently discarded', notApplicable('IPsec is not implemented.')),
    ),
    noDemand('12', 'Renumbering Considerations', 'advice to administrators.'),
    noDemand('13', 'IANA Considerations', 'asked of IANA.'),
    noDemand('A', 'Multihomed Hosts', 'for further study.'),
    noDemand('B', 'Future Extensions', 'for further study.'),
    noDemand(
      'C',
      'State Machine for the Reachability State',
      'a summary of 7.2 and 7.3; `chart.test.ts` has its table.',
    ),
  ],
}
