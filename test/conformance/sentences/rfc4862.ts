/** RFC 4862, read section by section. */
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

const configuration = testsOf('firmware/net/nd/autoconfiguration.test.ts')
const discovery = testsOf('firmware/net/nd/discovery.test.ts')
const ipv6 = testsOf('firmware/net/ipv6/ipv6.test.ts')
const kernel = testsOf('test/net/kernel6.test.ts')

const PROBED =
  'is asked about once, from nobody, at its group, which was joined before; a second later it is the host’s'
const UNANSWERED = 'is not answered for, nor taken datagrams at, and who asks for it to speak with it is passed over'
const DEPRECATED = 'to be preferred still takes what is for it, and is sent from where a socket asks for it'
const OVER = 'to be valid is the host’s no more: neither source nor destination, and its group is left'

export const RFC_4862: Standard = {
  rfc: 4862,
  title: 'IPv6 Stateless Address Autoconfiguration',
  complete: true,
  extent:
    'Words in capitals (RFC 2119), which it keeps to its section 5; and the rules a) to e) of 5.5.3, which have none.',
  sections: [
    noDemand('1', 'Introduction', 'what it is for.'),
    noDemand('2', 'Terminology', 'terms; the states of an address are cited.'),
    noDemand('3', 'Design Goals', 'goals.'),
    noDemand('4', 'Protocol Overview', 'an overview.'),
    section(
      '5.1',
      'Node Configuration Variables',
      must(
        'DupAddrDetectTransmits MUST be configurable for each interface',
        open('It is 1, the default, and no option changes it.'),
      ),
    ),
    noDemand('5.2', 'Autoconfiguration-Related Structures', 'a list of addresses.'),
    noDemand('5.3', 'Creation of Link-Local Addresses', 'how one is formed, in small letters.'),
    section(
      '5.4',
      'Duplicate Address Detection',
      must(
        'MUST be performed on all unicast addresses prior to assigning them, however they are obtained',
        tested(configuration('is every one: link-local, given, and made of a prefix')),
      ),
      mustNot('MUST NOT be performed on anycast addresses', notApplicable('No interface has an anycast address.')),
      should(
        'Each individual unicast address SHOULD be tested',
        tested(configuration('is every one: link-local, given, and made of a prefix')),
      ),
      mustNot(
        'New implementations MUST NOT test the link-local address only',
        tested(configuration('is every one: link-local, given, and made of a prefix')),
      ),
    ),
    section(
      '5.4.1',
      'Message Validation',
      must(
        'Silently discard what does not pass the checks of RFC 4861',
        tested(
          discovery(
            'a solicitation of nobody to another group than its own is discarded in silence',
            'an advertisement with a wrong checksum is discarded in silence',
          ),
        ),
      ),
    ),
    section(
      '5.4.2',
      'Sending Neighbor Solicitation Messages',
      must(
        'Before a solicitation, MUST join all-nodes and the solicited-node address of the tentative address',
        tested(configuration(PROBED)),
      ),
      should(
        'The first message of an interface: SHOULD delay joining by a random time up to MAX_RTR_SOLICITATION_DELAY',
        open('The solicitation waits; the report of MLD does not: the group is joined when the address is added.'),
      ),
      should(
        'SHOULD delay joining where the address is of a router advertisement sent to a group',
        open('As above: the solicitation waits, the report of MLD does not.'),
      ),
      must(
        'MUST receive and process what is sent to all-nodes and to the solicited-node address during the delay',
        tested(configuration('is another’s when somebody else asks about it before the host does')),
      ),
    ),
    section(
      '5.4.3',
      'Receiving Neighbor Solicitation Messages',
      mustNot('MUST NOT respond to a solicitation for a tentative address', tested(configuration(UNANSWERED))),
      should('One from a unicast address should be silently ignored', tested(configuration(UNANSWERED))),
      shouldNot(
        'One of another node that performs DAD: the address should not be used',
        tested(
          configuration(
            'is another’s when somebody else asks about it too',
            'is another’s when somebody else asks about it before the host does',
          ),
          ipv6('is nobody else’s where only our own probe comes back (RFC 7527 4.2)'),
        ),
      ),
    ),
    noDemand(
      '5.4.4',
      'Receiving Neighbor Advertisement Messages',
      'in small letters: one for a tentative address says that it is another’s (tested with 5.4.5).',
    ),
    section(
      '5.4.5',
      'When Duplicate Address Detection Fails',
      mustNot(
        'A duplicate MUST NOT be assigned to an interface',
        tested(configuration('is another’s when somebody advertises it'), ipv6('is not used, and both say so')),
      ),
      should('and the node SHOULD log a system management error', tested(ipv6('is not used, and both say so'))),
      should(
        'A duplicate link-local address made of the hardware address: IP operation SHOULD be disabled on the interface',
        open('The address is not used and listeners are told; addresses that a person gave, and IPv4, go on.'),
      ),
    ),
    section(
      '5.5',
      'Creation of Global Addresses',
      should(
        'It SHOULD be locally configurable',
        tested(configuration('makes no address where a person does not want it')),
      ),
      must(
        'and MUST be enabled by default',
        tested(
          configuration('makes an address'),
          kernel('has dnsmasq announce a prefix, and pings the address that it makes (RFC 4862)'),
        ),
      ),
    ),
    noDemand('5.5.1', 'Soliciting Router Advertisements', 'it names RFC 4861.'),
    noDemand('5.5.2', 'Absence of Router Advertisements', 'DHCPv6 may be asked; it is not, unless a person says so.'),
    section(
      '5.5.3',
      'Router Advertisement Processing',
      must(
        'a) Autonomous flag not set: silently ignore the option',
        tested(configuration('is passed over when it is not to make addresses')),
      ),
      must(
        'b) The link-local prefix: silently ignore it',
        tested(configuration('is passed over when it is the link-local one')),
      ),
      must(
        'c) Preferred greater than valid lifetime: silently ignore it',
        tested(configuration('is passed over when it is to be preferred for longer than it is valid')),
      ),
      must(
        'd) A new prefix with a Valid Lifetime: form an address',
        tested(configuration('makes an address', 'makes no address when it is not valid any more')),
      ),
      must(
        'Prefix and identifier are not 128 bits together: MUST be ignored',
        tested(configuration('is passed over when it is not 64 bits long')),
      ),
      must(
        'e) A known prefix: the preferred lifetime is reset',
        tested(
          configuration(
            'that is said again sets how long its address is preferred, whatever becomes of how long it is valid',
          ),
        ),
      ),
      must(
        'e.1) More than 2 hours or than RemainingLifetime: set the valid lifetime',
        tested(
          configuration(
            'that is said again makes its address valid for longer',
            'that is said again makes its address valid for longer, of little',
            'that is said again makes its address valid for shorter, to more than two hours',
          ),
        ),
      ),
      must(
        'e.2) RemainingLifetime of 2 hours at most: ignore it',
        tested(
          configuration(
            'that is said again makes its address valid for shorter, of less than two hours',
            'that is said again makes its address valid for over, of less than two hours',
          ),
        ),
      ),
      must(
        'e.3) Otherwise 2 hours',
        tested(configuration('that is said again makes its address valid for shorter, to less than two hours')),
      ),
    ),
    section(
      '5.5.4',
      'Address Lifetime Expiry',
      should(
        'A deprecated address SHOULD continue to be used in existing communications',
        tested(configuration(DEPRECATED)),
      ),
      shouldNot(
        'but SHOULD NOT initiate new ones if another of sufficient scope can easily be used',
        tested(configuration('to be preferred is sent from only where there is no other')),
      ),
      must('The stack must accept that an application asks for it as a source', tested(configuration(DEPRECATED))),
      must('IP and higher layers MUST continue to accept datagrams destined to it', tested(configuration(DEPRECATED))),
      must(
        'System management MUST be able to disable a facility that prevents new communication from it',
        notApplicable('There is no such facility.'),
      ),
      must('and it MUST be disabled by default', notApplicable('There is no such facility.')),
      mustNot('An invalid address MUST NOT be used as a source', tested(configuration(OVER))),
      mustNot('and MUST NOT be recognized as a destination', tested(configuration(OVER))),
    ),
    section(
      '5.6',
      'Configuration Consistency',
      should(
        'The most recently obtained values SHOULD have precedence',
        tested(
          discovery(
            'sets hop limit and MTU of what is sent, and a field of 0 leaves them as they are',
            'sets how long a neighbour is believed, by chance between half and one and a half times it',
          ),
        ),
      ),
    ),
    noDemand('5.7', 'Retaining Configured Addresses for Stability', 'what an implementation may want.'),
    noDemand('6', 'Security Considerations', 'threats.'),
    noDemand(
      'A',
      'Loopback Suppression and Duplicate Address Detection',
      'in small letters; what is done is RFC 7527.',
    ),
  ],
}
