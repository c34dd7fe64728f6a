/**
 * What only a person can see, and how likely each answer is under each cause: assumed, not learned, for nobody has asked a simulation.
 * A question that a cause has nothing to do with is answered as on a sound board.
 */
import { FAULTS } from '../../../boards/faults/registry.js'
import { keyed, type Sentence } from '../../text/keyed.js'

export interface Question {
  readonly id: string
  readonly text: Sentence
  /** What it takes a person, in seconds. */
  readonly seconds: number
  /** P(yes | nothing is broken), and of causes that answer otherwise. */
  readonly sound: number
  chance(cause: string): number | undefined
}

const NEVER = 0.03
const ALWAYS = 0.97

/** By name. */
function named(chances: Readonly<Record<string, number>>): Question['chance'] {
  return (cause) => (Object.hasOwn(chances, cause) ? chances[cause] : undefined)
}

/** Of all causes of a layer. */
function layered(layer: string, chance: number): Question['chance'] {
  return (cause) => (FAULTS.get(cause)?.layer === layer ? chance : undefined)
}

export const QUESTIONS: readonly Question[] = [
  {
    id: 'board-led',
    text: keyed('question.board-led'),
    seconds: 5,
    sound: ALWAYS,
    chance: named({ 'no-power': NEVER }),
  },
  {
    id: 'partner-led',
    text: keyed('question.partner-led'),
    seconds: 10,
    sound: ALWAYS,
    // Each end of a 10BASE-T link decides by what it receives (IEEE 802.3 14.2.1.7): the partner’s LED shows the state of the pair from here.
    chance: named({
      'cable-unplugged': NEVER,
      'tx-pair-open': NEVER,
      'partner-off': NEVER,
      'cable-straight': NEVER,
      'cable-shorted': NEVER,
      'cable-too-long': 0.1,
      'partner-100-only': NEVER,
      'phy-dead': NEVER,
      'crystal-missing': NEVER,
      'cable-intermittent': 0.7,
    }),
  },
  {
    id: 'other-cable',
    text: keyed('question.other-cable'),
    seconds: 120,
    sound: NEVER,
    chance: layered('cable', 0.95),
  },
  {
    id: 'other-partner',
    text: keyed('question.other-partner'),
    seconds: 120,
    sound: NEVER,
    chance: (cause) => (cause === 'cable-straight' ? 0.5 : layered('partner', 0.95)(cause)),
  },
  {
    id: 'other-adapter',
    text: keyed('question.other-adapter'),
    seconds: 120,
    sound: NEVER,
    chance: layered('serial', 0.7),
  },
  {
    id: 'cs-volts',
    text: keyed('question.cs-volts'),
    seconds: 60,
    sound: ALWAYS,
    chance: named({ 'cs-stuck-high': NEVER, 'cs-open': NEVER, 'cs-stuck-low': NEVER, 'mosi-miso-swapped': ALWAYS }),
  },
  {
    id: 'chip-volts',
    text: keyed('question.chip-volts'),
    seconds: 60,
    sound: ALWAYS,
    chance: layered('supply', 0.1),
  },
]

/** An answer that a person gave. */
export interface GivenAnswer {
  readonly question: string
  readonly yes: boolean
}

/** P(this answer | these causes): of two, the one that answers least as a sound board does decides. */
export function answerChance(answer: GivenAnswer, causes: readonly string[]): number {
  const question = QUESTIONS.find(({ id }) => id === answer.question)
  if (question === undefined) {
    throw new RangeError(
      `there is no question "${answer.question}": there are ${QUESTIONS.map(({ id }) => id).join(', ')}`,
    )
  }
  const { sound } = question
  const yes = causes.reduce((most, cause) => {
    const chance = question.chance(cause) ?? sound
    return Math.abs(chance - sound) > Math.abs(most - sound) ? chance : most
  }, sound)
  return answer.yes ? yes : 1 - yes
}
