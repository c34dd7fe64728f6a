/** RFC 9777, read section by section. */
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

const mld = testsOf('firmware/net/mld/mld.test.ts')

const REPORT = 'goes to all routers of version 2, one hop, behind a router alert, with nothing behind its records'
const ANSWERED = 'is answered with the groups that it asks for, to whatever address of the interface it was'
const SPOILT = 'is the same with octets behind it, and none with a wrong checksum or of a length between the versions'
const STRANGE = 'of no link-local address, of more than one hop, or without a router alert, is discarded (6.2)'
const OLD_ROUTER = 'is answered in its version, to each group itself; who leaves tells all routers'
const OLD_FOR_A_TIME = 'is taken to be there for 260 s after its last query for all groups (9.12), not for one'
const multicastRouters = notApplicable('Of multicast routers: the router here passes on what is for one host alone.')
const ssm = open('Groups of one source (RFC 4607) are joined as any other: there is no list of sources.')

export const RFC_9777: Standard = {
  rfc: 9777,
  title: 'Multicast Listener Discovery Version 2 (MLDv2) for IPv6',
  complete: true,
  extent: 'Words in capitals (RFC 2119), and what 6.2 and 8.2.1 say of a query and of a change of the mode.',
  sections: [
    noDemand('1', 'Introduction', 'terms.'),
    noDemand('2', 'Protocol Overview', 'an overview.'),
    section(
      '3',
      'The Service Interface for Requesting IP Multicast Reception',
      should(
        'When an operation causes the source-list size limit to be exceeded, it SHOULD return an error',
        notApplicable('There is no list of sources; past 64 groups `joinGroup` gives ENOBUFS.'),
      ),
    ),
    noDemand('4.1', 'Per-Socket State', 'what it is.'),
    section(
      '4.2',
      'Per-Interface State',
      mustNot(
        'MUST NOT use an EXCLUDE record if all sockets are in INCLUDE state',
        notApplicable('No socket is: there is no list of sources.'),
      ),
      must(
        'If system resource limits are reached, an error MUST be returned to the application which requested the operation',
        tested(mld('joins no more than 64 groups, and says so')),
      ),
    ),
    section(
      '5',
      'Message Formats',
      must(
        'Sent with a link-local source, a hop limit of 1, and a Router Alert in a Hop-by-Hop Options header',
        tested(mld(REPORT)),
      ),
      must(
        'Unrecognized message types MUST be silently ignored',
        tested(
          testsOf('firmware/net/icmpv6/icmpv6.test.ts')(
            'of an informational type that is not known is discarded in silence',
          ),
        ),
      ),
    ),
    section('5.1.2', 'Checksum of a Query', must('It MUST be verified before processing', tested(mld(SPOILT)))),
    noDemand('5.1.3', 'Maximum Response Code', 'how it is read, in small letters.'),
    section(
      '5.1.12',
      'Additional Data of a Query',
      must('Additional octets MUST be included in the checksum', tested(mld(SPOILT))),
      must('and otherwise ignored', tested(mld(SPOILT))),
      mustNot('A Query MUST NOT have any when sent', multicastRouters),
    ),
    section(
      '5.1.14',
      'Source Addresses for Queries',
      must('Queries MUST be sent with a valid link-local source', multicastRouters),
      must('One of the unspecified or another address MUST be silently discarded', tested(mld(STRANGE))),
      should('and a warning SHOULD be logged: it is counted', tested(mld(STRANGE))),
    ),
    section(
      '5.1.15',
      'Destination Addresses for Queries',
      must('Accept and process a Query to any address, unicast or multicast, of the interface', tested(mld(ANSWERED))),
    ),
    section('5.2.2', 'Checksum of a Report', must('It MUST be verified before processing', multicastRouters)),
    section(
      '5.2.11',
      'Auxiliary Data',
      mustNot('MUST NOT include any in a record that is sent', tested(mld(REPORT))),
      must('MUST ignore any that is received', multicastRouters),
    ),
    section(
      '5.2.12',
      'Additional Data of a Report',
      must('Additional octets MUST be included in the checksum', multicastRouters),
      must('and otherwise ignored', multicastRouters),
      mustNot('MUST NOT include any when sending', tested(mld(REPORT))),
    ),
    section(
      '5.2.13',
      'Multicast Address Record Types',
      shouldNot('An SSM-aware host SHOULD NOT send MODE_IS_EXCLUDE for addresses of SSM', ssm),
      shouldNot('nor CHANGE_TO_EXCLUDE_MODE', ssm),
      must('Records of an unrecognized type MUST be silently ignored', multicastRouters),
    ),
    section(
      '5.2.14',
      'Source Addresses for Reports',
      must(
        'A Report MUST be sent with a valid link-local source, or the unspecified one while there is none',
        tested(mld(REPORT)),
      ),
      must('Routers MUST silently discard one of another source', multicastRouters),
      should(
        'Once there is a link-local address, SHOULD generate Reports for all addresses joined',
        tested(mld(REPORT)),
      ),
    ),
    section(
      '5.2.15',
      'Destination Addresses for Reports',
      must('Accept and process a version 1 Report to any address of the interface', multicastRouters),
    ),
    section(
      '6',
      'Protocol Description for Multicast Address Listeners',
      must(
        'Messages MUST be sent for all addresses but all-nodes and those of scope less than 2',
        tested(mld(REPORT, ANSWERED)),
      ),
    ),
    noDemand('6.1', 'Action on Change of Per-Interface State', 'what is reported and how often, in small letters.'),
    section(
      '6.2',
      'Action on Reception of a Query',
      must(
        'A source that is no valid link-local address, another hop limit than 1, or no Router Alert: the packet is dropped',
        tested(mld(STRANGE)),
      ),
      must(
        'The response is delayed by a random amount of time, bounded by the Maximum Response Delay',
        tested(mld('is answered after a time by chance, within the one that it gives')),
      ),
    ),
    section(
      '6.3',
      'Action on Timer Expiration',
      must(
        'MUST avoid the "ack-implosion" problem',
        tested(mld('is answered after a time by chance, within the one that it gives')),
      ),
      mustNot(
        'MUST NOT send a Report immediately upon a General Query',
        tested(mld('is answered after a time by chance, within the one that it gives')),
      ),
    ),
    section(
      '7',
      'Description of the Protocol for Multicast Routers',
      must('MUST enable reception of the "all MLDv2-capable routers" address from all sources', multicastRouters),
      must('MUST perform the Multicast Address Listener part of MLDv2 for that address', multicastRouters),
    ),
    noDemand('7.1', 'Conditions for MLD Queries', 'in small letters, and of multicast routers.'),
    noDemand('7.2', 'MLD State Maintained by Multicast Routers', 'in small letters, and of multicast routers.'),
    noDemand('7.3', 'MLDv2 Source-Specific Forwarding Rules', 'in small letters, and of multicast routers.'),
    section(
      '7.4',
      'Action on Reception of Reports',
      should('SSM-aware routers SHOULD ignore records of EXCLUDE in the SSM range', multicastRouters),
      should('SHOULD ignore MLDv1 Report and DONE messages of the SSM range', multicastRouters),
      shouldNot('SHOULD NOT use such Reports to establish IP forwarding state', multicastRouters),
    ),
    noDemand('7.5', 'Switching Router Filter Modes', 'in small letters, and of multicast routers.'),
    noDemand('7.6.1', 'Timer Updates', 'in small letters, and of multicast routers.'),
    section(
      '7.6.2',
      'Querier Election',
      must('All MLDv2 queries MUST be sent with the fe80::/64 link-local source address prefix', multicastRouters),
    ),
    noDemand('7.6.3', 'Building and Sending Specific Queries', 'in small letters, and of multicast routers.'),
    section(
      '8.1',
      'Query Version Distinctions',
      must('A Query of another length than version 1 or 2 has MUST be silently ignored', tested(mld(SPOILT))),
    ),
    section(
      '8.2.1',
      'In the Presence of MLDv1 Routers',
      must('MLDv2 hosts MUST operate in version 1 compatibility mode', tested(mld(OLD_ROUTER, OLD_FOR_A_TIME))),
      must(
        'MUST keep state per local interface of the compatibility mode',
        tested(mld('on one link is none on another')),
      ),
      must('The mode is set by a General Query of version 1', tested(mld(OLD_FOR_A_TIME))),
      must(
        'Whenever it changes, all pending responses and retransmission timers are cancelled',
        tested(mld('ends what was due in the version before, and so does its own end')),
      ),
      should('An SSM-aware host that receives an MLDv1 query for an address of SSM SHOULD log an error', ssm),
      should('An option to disable Host Compatibility Mode is RECOMMENDED', open('There is no such option.')),
      should('It SHOULD be disabled by default', notApplicable('There is no such option.')),
    ),
    noDemand(
      '8.2.2',
      'In the Presence of MLDv1 Multicast Address Listeners',
      'a host may let its report be suppressed by one of version 1; here it does not.',
    ),
    section(
      '8.3.1',
      'In the Presence of MLDv1 Routers',
      must('The Querier MUST use the lowest version of MLD present on the network', multicastRouters),
      must('Routers compatible with MLDv1 MUST have a configuration option to act in MLDv1 mode', multicastRouters),
      must('In it the Querier MUST send General Queries truncated at the Multicast Address field', multicastRouters),
      should('and SHOULD warn about receiving an MLDv2 Query', multicastRouters),
      must('such warnings MUST be rate-limited', multicastRouters),
      must('MUST fill in the Maximum Response Delay in the Maximum Response Code field', multicastRouters),
      should('Not configured for MLDv1, it SHOULD log a warning at an MLDv1 General Query', multicastRouters),
      must('These warnings MUST be rate-limited', multicastRouters),
      should('An option to disable use of compatibility mode is RECOMMENDED', multicastRouters),
      should('It SHOULD be disabled by default', multicastRouters),
    ),
    section(
      '8.3.2',
      'In the Presence of MLDv1 Multicast Address Listeners',
      must('MLDv2 routers MUST operate in version 1 compatibility mode', multicastRouters),
    ),
    section(
      '9',
      'List of Timers, Counters, and Their Default Values',
      must('Other values than the defaults MUST be consistent on a link', notApplicable('It has the defaults.')),
    ),
    section(
      '9.1',
      'Robustness Variable',
      mustNot('It MUST NOT be zero', notApplicable('It is 2, the default; no option changes it.')),
      shouldNot('and SHOULD NOT be one', notApplicable('It is 2, the default; no option changes it.')),
    ),
    section('9.4', 'Multicast Address Listening Interval', must('It MUST be what this section says', multicastRouters)),
    section('9.5', 'Other Querier Present Interval', must('It MUST be what this section says', multicastRouters)),
    noDemand('9.2', 'Query Interval', 'a default.'),
    noDemand('9.3', 'Query Response Interval', 'a default, of multicast routers.'),
    noDemand('9.11', 'Unsolicited Report Interval', 'a default: one second.'),
    section(
      '9.12',
      'Older Version Querier Present Interval',
      must(
        'It MUST be ([Robustness Variable] times [Query Interval]) plus [Query Response Interval]',
        tested(mld(OLD_FOR_A_TIME)),
      ),
    ),
    section('9.13', 'Older Version Host Present Interval', must('It MUST be what this section says', multicastRouters)),
    section(
      '9.14.2',
      'Query Interval',
      must('It MUST be at least the Maximum Response Delay of General Queries', multicastRouters),
    ),
    noDemand('10', 'Security Considerations', 'what may be forged.'),
    noDemand('A', 'Design Rationale', 'reasons.'),
    noDemand('B', 'Summary of Changes', 'changes.'),
  ],
}
