/** Reasons that a class counts by, in words; one of cards and boxes in theirs. */
import { reasonTold } from '../drop-reason.js'
import { type PlainKey, type Told, told } from '../words/told.js'

const WORDS: Readonly<Record<string, PlainKey>> = {
  'no answer': 'class.why.no-answer',
  unreachable: 'class.why.unreachable',
  'time exceeded': 'class.why.time-exceeded',
  refused: 'class.why.not-sent',
  altered: 'class.why.altered',
  'too long': 'class.why.too-long',
  'took too long': 'class.why.took-long',
  'not whole': 'class.why.not-whole',
  'too many frames': 'class.why.many-frames',
  'too many octets': 'class.why.many-octets',
  'too many waiting': 'class.why.many-waiting',
  'foreign sender': 'class.why.foreign',
  'ahead of the clock': 'class.why.ahead',
  'queue full': 'class.why.queue',
  paused: 'class.why.paused',
  left: 'class.why.left',
  'too slow': 'class.why.slow',
  flood: 'class.why.flood',
  malformed: 'class.why.malformed',
  kicked: 'class.why.kicked',
  'class over': 'class.why.over',
  'wrong code': 'class.why.code',
  'wrong key': 'class.why.key',
  'too many tries': 'class.why.tries',
  version: 'class.why.version',
  name: 'class.why.name',
  'name taken': 'class.why.taken',
  full: 'class.why.full',
  silent: 'class.why.silent',
  'foreign origin': 'class.why.origin',
  'foreign host': 'class.why.host',
  'too many connections': 'class.why.crowd',
}

/** One that has no words stands as it is: the code of an error. */
export function whyTold(reason: string): Told | string {
  return Object.hasOwn(WORDS, reason) ? told(WORDS[reason]) : reasonTold(reason)
}
