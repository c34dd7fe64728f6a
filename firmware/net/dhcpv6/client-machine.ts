/**
 * The DHCPv6 client as a state chart. RFC 9915 18.2 has no states of its own: each here is called after the exchange that it is, and BOUND and
 * INFORMED are between two. Nothing here sends or counts time: actions and delays are named, and the client that runs the chart provides them.
 *
 *     SOLICITING ─ADVERTISE─▶ REQUESTING ─REPLY─▶ BOUND ─T1─▶ RENEWING ─T2─▶ REBINDING ─EXPIRED─▶ SOLICITING
 *     SOLICITING ─REPLY (rapid commit)─▶ BOUND       REPLY in RENEWING, REBINDING ─▶ BOUND       NO BINDING ─▶ REQUESTING
 *     BOUND ─LINK DOWN─▶ CONFIRMING ─REPLY, or silence─▶ BOUND       BOUND ─DUPLICATE─▶ DECLINING       BOUND ─RELEASE─▶ RELEASING
 *     INFORMING ─REPLY─▶ INFORMED ─refresh time─▶ INFORMING          (addresses come from elsewhere: "stateless")
 */
import { assign, setup } from 'xstate'
import type { Ipv6Address } from '../ipv6/address.js'
import type { Dhcpv6Message } from '../wire/dhcpv6.js'
import type { ExchangeKind } from './retransmission.js'

export type Dhcpv6ClientState =
  | 'STOPPED'
  | 'SOLICITING'
  | 'REQUESTING'
  | 'BOUND'
  | 'RENEWING'
  | 'REBINDING'
  | 'CONFIRMING'
  | 'DECLINING'
  | 'RELEASING'
  | 'INFORMING'
  | 'INFORMED'

export type Dhcpv6ClientEvent =
  | { type: 'START STATEFUL' }
  | { type: 'START STATELESS' }
  | { type: 'STOP' }
  | { type: 'RELEASE' }
  | { type: 'LINK UP' }
  | { type: 'LINK DOWN' }
  /** REFUSED: the server has no address for us, or says that ours is of another link. NO BINDING: it knows nothing of a lease. */
  | { type: 'ADVERTISE' | 'REPLY' | 'REFUSED' | 'NO BINDING'; message: Dhcpv6Message }
  | { type: 'T1' | 'T2' | 'EXPIRED' }
  /** The interface has no room for any address of the lease. */
  | { type: 'NOTHING TAKEN' }
  | { type: 'DUPLICATE'; address: Ipv6Address }

export interface Dhcpv6ClientContext {
  /** Addresses refused or declined, and requests unanswered, in a row. */
  readonly failures: number
}

const begin = (kind: ExchangeKind) => ({ type: 'begin an exchange', params: { kind } }) as const

/** Sends the message of the exchange again and again. */
const ASKING = {
  initial: 'asking',
  states: {
    asking: { entry: 'send the message', after: { retransmission: { target: 'asking', reenter: true } } },
  },
} as const
/** As often, or for as long, as its parameters say; then it has failed. */
const askingUntil = <Then extends readonly unknown[]>(...whenFailed: Then) =>
  ({
    initial: 'asking',
    states: {
      asking: {
        entry: 'send the message',
        after: {
          retransmission: [{ guard: 'tries are left', target: 'asking', reenter: true }, ...whenFailed],
        },
      },
    },
  }) as const

const FAILED = { target: '#SOLICITING', actions: 'count a failure' } as const
const GRANTED = { target: '#BOUND', actions: 'note the lease' } as const
/** What ends the use of an address, in each state that has one. */
const WHILE_LEASED = {
  EXPIRED: '#SOLICITING',
  'LINK DOWN': '#CONFIRMING',
  DUPLICATE: { target: '#DECLINING', actions: 'note the duplicate' },
  RELEASE: '#RELEASING',
} as const
/** What an answer to a renewal leads to. */
const WHEN_EXTENDED = {
  REPLY: GRANTED,
  REFUSED: FAILED,
  'NO BINDING': { target: '#REQUESTING', actions: 'note the offer' },
} as const
const AFTER_DECLINE = [{ guard: 'addresses are left', target: '#BOUND' }, FAILED] as const
/** Nothing is sent until there is a link, and a link-local address to send from. */
const looking = <Next extends string>(next: Next) =>
  ({ always: { guard: 'link is up', target: next }, on: { 'LINK UP': next } }) as const

export const dhcpv6ClientMachine = setup({
  types: { context: {} as Dhcpv6ClientContext, events: {} as Dhcpv6ClientEvent },
  delays: {
    // RFC 9915 18.2.1, 18.2.3, 18.2.6: up to a second at random; longer after failures.
    'wait before SOLICIT': 0,
    'wait before CONFIRM': 0,
    'wait before INFORMATION-REQUEST': 0,
    retransmission: 0,
    // 21.23.
    'refresh time': 0,
  },
  guards: {
    'link is up': () => true,
    'tries are left': () => true,
    'an offer is noted': () => false,
    'nobody is preferred to it': () => false,
    'addresses are left': () => false,
    'it is to be asked for anew': () => true,
  },
  actions: {
    'begin an exchange': (_, _params: { kind: ExchangeKind }) => {},
    'send the message': () => {},
    'note the offer': () => {},
    'note the lease': () => {},
    'note the information': () => {},
    'note the duplicate': () => {},
    'keep time': () => {},
    'drop the addresses': () => {},
    'forget all': () => {},
    'count a failure': assign({ failures: ({ context }) => context.failures + 1 }),
    'all is well': assign({ failures: 0 }),
  },
}).createMachine({
  id: 'dhcpv6-client',
  context: { failures: 0 },
  initial: 'STOPPED',
  on: { STOP: '.STOPPED', RELEASE: '.STOPPED' },
  states: {
    STOPPED: {
      id: 'STOPPED',
      entry: ['drop the addresses', 'forget all', 'all is well'],
      on: { 'START STATEFUL': 'SOLICITING', 'START STATELESS': 'INFORMING', STOP: {}, RELEASE: {} },
    },
    SOLICITING: {
      id: 'SOLICITING',
      entry: 'drop the addresses',
      initial: 'looking for a link',
      on: { 'LINK DOWN': '.looking for a link' },
      states: {
        'looking for a link': looking('waiting'),
        waiting: { after: { 'wait before SOLICIT': 'collecting' } },
        // 18.2.1: advertisements that come before the first timeout are compared; of those after it the first will do.
        collecting: {
          entry: [begin('SOLICIT'), 'send the message'],
          after: {
            retransmission: [{ guard: 'an offer is noted', target: '#REQUESTING' }, { target: 'asking again' }],
          },
          on: {
            ADVERTISE: [
              { guard: 'nobody is preferred to it', target: '#REQUESTING', actions: 'note the offer' },
              { actions: 'note the offer' },
            ],
            REPLY: GRANTED,
          },
        },
        'asking again': {
          entry: 'send the message',
          after: { retransmission: { target: 'asking again', reenter: true } },
          on: { ADVERTISE: { target: '#REQUESTING', actions: 'note the offer' }, REPLY: GRANTED },
        },
      },
    },
    REQUESTING: {
      id: 'REQUESTING',
      entry: begin('REQUEST'),
      ...askingUntil(FAILED),
      on: { REPLY: GRANTED, REFUSED: FAILED, EXPIRED: '#SOLICITING', 'LINK DOWN': '#SOLICITING' },
    },
    BOUND: {
      id: 'BOUND',
      entry: 'keep time',
      on: {
        // Nobody else has had the addresses: what was refused or declined before them is past.
        T1: { target: 'RENEWING', actions: 'all is well' },
        // A T1 so close to T2 that both have passed at once.
        T2: 'REBINDING',
        'NOTHING TAKEN': FAILED,
        ...WHILE_LEASED,
      },
    },
    RENEWING: {
      entry: begin('RENEW'),
      ...ASKING,
      on: { ...WHEN_EXTENDED, T2: 'REBINDING', ...WHILE_LEASED },
    },
    REBINDING: {
      entry: begin('REBIND'),
      ...ASKING,
      on: { ...WHEN_EXTENDED, ...WHILE_LEASED },
    },
    CONFIRMING: {
      id: 'CONFIRMING',
      initial: 'looking for a link',
      on: {
        ...WHILE_LEASED,
        'LINK DOWN': '.looking for a link',
        REPLY: 'BOUND',
        REFUSED: FAILED,
      },
      states: {
        'looking for a link': looking('waiting'),
        waiting: { after: { 'wait before CONFIRM': 'exchange' } },
        // 18.2.3: who hears neither yes nor no goes on with what it has.
        exchange: { entry: begin('CONFIRM'), ...askingUntil({ target: '#BOUND' } as const) },
      },
    },
    DECLINING: {
      id: 'DECLINING',
      entry: begin('DECLINE'),
      ...askingUntil(...AFTER_DECLINE),
      on: {
        REPLY: AFTER_DECLINE,
        DUPLICATE: { target: '#DECLINING', actions: 'note the duplicate', reenter: true },
        EXPIRED: '#SOLICITING',
        'LINK DOWN': '#SOLICITING',
      },
    },
    RELEASING: {
      id: 'RELEASING',
      // 18.2.7: they are not used from before the message goes.
      entry: ['drop the addresses', begin('RELEASE')],
      ...askingUntil({ target: '#STOPPED' } as const),
      on: { REPLY: 'STOPPED', 'LINK DOWN': 'STOPPED', RELEASE: {} },
    },
    INFORMING: {
      initial: 'looking for a link',
      on: {
        'LINK DOWN': '.looking for a link',
        'START STATEFUL': 'SOLICITING',
        REPLY: { target: 'INFORMED', actions: 'note the information' },
      },
      states: {
        'looking for a link': looking('waiting'),
        waiting: { after: { 'wait before INFORMATION-REQUEST': 'exchange' } },
        exchange: { entry: begin('INFORMATION-REQUEST'), ...ASKING },
      },
    },
    INFORMED: {
      after: { 'refresh time': { guard: 'it is to be asked for anew', target: 'INFORMING' } },
      on: { 'LINK DOWN': 'INFORMING', 'START STATEFUL': 'SOLICITING' },
    },
  },
})
