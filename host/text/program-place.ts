/** Where a program was, in words of any language: `at enc28j60.cpp:120 in Enc28J60::writeOp, called from Enc28J60::init (enc28j60.cpp:88), setup (sketch.ino:12)`. */
import type { PlaceLack, ProgramPlace } from '../../boards/avr/source/program-places.js'
import { PLACE_WORDS } from './en/places.js'
import type { SameSentences } from './keyed.js'

export type PlaceWords = SameSentences<typeof PLACE_WORDS>

/** Callers that are named; how many others there are is said. */
const MOST_NAMED = 6

/** @param where the innermost first. @returns undefined where nothing is known of it */
export function placeText(words: PlaceWords, where: readonly ProgramPlace[]): string | undefined {
  if (where.length === 0) return undefined
  const named = where.slice(0, 1 + MOST_NAMED)
  let text = innermost(words, where[0])
  for (let i = 1; i < named.length; ) {
    if (where[i - 1].handler) text += words.interrupted({ place: caller(words, where[i++]) })
    else {
      let next = i + 1
      while (next < named.length && !where[next - 1].handler) next++
      text += words.calledFrom({ callers: named.slice(i, next).map((place) => caller(words, place)) })
      i = next
    }
  }
  const last = where[where.length - 1]
  if (where.length > named.length) return text + words.more({ count: where.length - named.length })
  return last.function === 'main' || last.handler ? text : text + words.unknown
}

/** A finding with its place, in English: for logs and reports, where it is a line. */
export function findingLine({
  text,
  where,
}: {
  readonly text: string
  readonly where: readonly ProgramPlace[]
}): string {
  const place = placeText(PLACE_WORDS, where)
  return place === undefined ? text : `${text}; ${place}`
}

/** Why a sketch's findings have no lines, and what helps. */
export function lackText(words: PlaceWords, lack: PlaceLack): string {
  switch (lack.kind) {
    case 'hex':
      return words.hex
    case 'no-lines':
      return words.noLines
    case 'compressed':
      return words.compressed(lack)
    case 'too-many':
      return words.tooMany(lack)
    case 'broken':
      return words.broken({ section: lack.section, at: hexadecimal(lack.at) })
    case 'version':
      return words.version({ section: lack.section, at: hexadecimal(lack.at), version: lack.version })
  }
}

function innermost(words: PlaceWords, place: ProgramPlace): string {
  const line = lineOf(place)
  const name = nameOf(words, place)
  if (line === undefined) return words.inside({ name })
  return place.function === undefined ? words.atLine({ line }) : words.atLineIn({ line, name })
}

function caller(words: PlaceWords, place: ProgramPlace): string {
  const line = lineOf(place)
  const name = nameOf(words, place)
  return line === undefined ? name : words.caller({ name, line })
}

function nameOf(words: PlaceWords, { function: known, address, handler }: ProgramPlace): string {
  const name = known ?? hexadecimal(address)
  return handler ? words.handler({ name }) : name
}

/** The last part of a path says it to who wrote the file; all of it is in the events and reports. */
function lineOf({ file, line }: ProgramPlace): string | undefined {
  return file === undefined ? undefined : `${file.split(/[/\\]/).at(-1)}:${line}`
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16)}`
}
