/** Values dealt like cards, so that none is met more often than its share by chance. */
import type { Random } from '../../../firmware/hal/random.js'

/** @returns the next of `cards` each time, in an order that is drawn; when all have been dealt they are shuffled anew */
export function dealer<Card>(random: Random, cards: readonly Card[]): () => Card {
  let left: Card[] = []
  return () => {
    if (left.length === 0) left = [...cards]
    const [card] = left.splice(random.below(left.length), 1)
    return card
  }
}

/** @returns true once in `of` calls */
export function onceIn(random: Random, of: number): () => boolean {
  return dealer(random, [true, ...new Array<boolean>(of - 1).fill(false)])
}
