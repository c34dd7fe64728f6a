/** RFC 9777, what it asks of listeners; section 7 and 8.3, of routers, are not in it yet. */
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

const mld = testsOf('firmware/net/mld/mld.test.ts')

const REPORT = 'goes to all routers of version 2, one hop, behind a router alert, with nothing behind its records'
const ANSWERED = 'is answered with the groups that it asks for, to whatever address of the interface it was'
const SPOILT = 'is the same with octets behind it, and none with a wrong checksum or of a length between the versions'
const STRANGE = 'of no link-local address, or of more than one hop, is discarded'
const ssm = open('Groups of one source (RFC 4607) are joined as any other: there is no list of sources.')

export const RFC_9777: Standard = {
  rfc: 9777,
  title: 'Multicast Listener Discovery Version 2 (MLDv2) for IPv6',
  complete: false,
  extent:
    'Words in capitals of sections 5, 6, 8.1, 8.2 and 9, what a listener does; sections 1 to 4, 7 and 8.3 (a router’s) and 10 are not listed.',
  sections: [
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
      mustNot('A Query MUST NOT have any when sent', ofRouter()),
    ),
    section(
      '5.1.14',
      'Source Addresses for Queries',
      must('Queries MUST be sent with a valid link-local source', ofRouter()),
      must('One of the unspecified or another address MUST be silently discarded', tested(mld(STRANGE))),
      should('and a warning SHOULD be logged: it is counted', tested(mld(STRANGE))),
    ),
    section(
      '5.1.15',
      'Destination Addresses for Queries',
      must('Accept and process a Query to any address, unicast or multicast, of the interface', tested(mld(ANSWERED))),
    ),
    section('5.2.2', 'Checksum of a Report', must('It MUST be verified before processing', ofRouter())),
    section(
      '5.2.11',
      'Auxiliary Data',
      mustNot('MUST NOT include any in a record that is sent', tested(mld(REPORT))),
      must('MUST ignore any that is received', ofRouter()),
    ),
    section(
      '5.2.12',
      'Additional Data of a Report',
      must('Additional octets MUST be included in the checksum', ofRouter()),
      must('and otherwise ignored', ofRouter()),
      mustNot('MUST NOT include any when sending', tested(mld(REPORT))),
    ),
    section(
      '5.2.13',
      'Multicast Address Record Types',
      shouldNot('An SSM-aware host SHOULD NOT send MODE_IS_EXCLUDE for addresses of SSM', ssm),
      shouldNot('nor CHANGE_TO_EXCLUDE_MODE', ssm),
      must('Records of an unrecognized type MUST be silently ignored', ofRouter()),
    ),
    section(
      '5.2.14',
      'Source Addresses for Reports',
      must(
        'A Report MUST be sent with a valid link-local source, or the unspecified one while there is none',
        tested(mld(REPORT)),
      ),
      must('Routers MUST silently discard one of another source', ofRouter()),
      should(
        'Once there is a link-local address, SHOULD generate Reports for all addresses joined',
        tested(mld(REPORT)),
      ),
    ),
    section(
      '5.2.15',
      'Destination Addresses for Reports',
      must('Accept and process a version 1 Report to any address of the interface', ofRouter()),
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
    noDemand(
      '6.2',
      'Action on Reception of a Query',
      'its checks are in small letters. One of them is not made here: a Query without a router alert is taken.',
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
      '8.1',
      'Query Version Distinctions',
      must('A Query of another length than version 1 or 2 has MUST be silently ignored', tested(mld(SPOILT))),
    ),
    section(
      '8.2.1',
      'In the Presence of MLDv1 Routers',
      must(
        'MLDv2 hosts MUST operate in version 1 compatibility mode',
        open(
          'It does (`mld.ts`), but forgets nothing that is pending when the mode changes; no test has a router of version 1.',
        ),
      ),
      must(
        'MUST keep state per interface of the compatibility mode',
        open('Each interface has its own; no test says so.'),
      ),
      should('An SSM-aware host that receives an MLDv1 query for an address of SSM SHOULD log an error', ssm),
      should('An option to disable Host Compatibility Mode is RECOMMENDED', open('There is no such option.')),
      should('It SHOULD be disabled by default', notApplicable('There is no such option.')),
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
    section('9.4', 'Multicast Address Listening Interval', must('It MUST be what this section says', ofRouter())),
    section('9.5', 'Other Querier Present Interval', must('It MUST be what this section says', ofRouter())),
    noDemand('9.11', 'Unsolicited Report Interval', 'a default: one second.'),
    section(
      '9.12',
      'Older Version Querier Present Interval',
      must(
        'It MUST be ([Robustness Variable] times [Query Interval]) plus [Query Response Interval]',
        open('It is that of the defaults, 260 s; no test has a router of version 1.'),
      ),
    ),
    section('9.13', 'Older Version Host Present Interval', must('It MUST be what this section says', ofRouter())),
    section(
      '9.14.2',
      'Query Interval',
      must('It MUST be at least the Maximum Response Delay of General Queries', ofRouter()),
    ),
  ],
}
