/** What a trace and a ladder of a conversation say. */
import { counted } from './counted.js'

export const LADDER_WORDS = {
  'trace.state': ({
    end,
    state,
    previous,
  }: {
    readonly end: string
    readonly state: string
    readonly previous: string
  }) => `${end} is ${state} (was ${previous})`,
  'ladder.nothing': 'nothing passed between them',
  'ladder.this-end': 'this end',
  'ladder.other-end': 'the other end',
  'ladder.client': 'client',
  'ladder.server': 'server',
  'ladder.first-number': ({
    letter,
    value,
    whose,
  }: {
    readonly letter: string
    readonly value: number
    readonly whose: string
  }) => `${letter} = ${value} (${whose}’s first, ISS)`,
  'ladder.seconds': 'times in seconds',
  'ladder.one-end': 'only this end can be looked into: of the other there is what the wire shows',
  'ladder.again': 'sent again',
  'ladder.lost': 'lost on the way',
  'ladder.under-way': 'still under way at the end',
  'ladder.octets': ({ count }: { readonly count: number }) => counted(count, 'octet'),
  'ladder.later': ({ time }: { readonly time: string }) => `${time} s later`,
  'ladder.left-out': ({ count }: { readonly count: number }) => `${counted(count, 'step')} left out here`,
  'ladder.sent-at': ({ from, to, time }: { readonly from: string; readonly to: string; readonly time: string }) =>
    `from ${from} to ${to}, sent at ${time} s`,
  'ladder.arrives-at': ({ time }: { readonly time: string }) => `there at ${time} s`,
  'ladder.comes-at': ({ from, to, time }: { readonly from: string; readonly to: string; readonly time: string }) =>
    `from ${from} to ${to}, there at ${time} s`,
  'ladder.enters': ({ end, state, time }: { readonly end: string; readonly state: string; readonly time: string }) =>
    `${end} is in ${state} from ${time} s on`,
}
