/** What a test that failed leaves: the story in its error, the seed, the command that runs it again, and the frames as a capture. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { PcapngWriter } from '../../capture/pcapng.js'
import type { TestLab } from '../../expect/test-lab.js'
import { shellWord } from '../../shell-word.js'

/** What vitest says of a test. */
export interface FailedTest {
  /** With those of the describes around it. */
  readonly fullName: string
  readonly file: string
}

const FOLDER = 'linkpulse-failures'
/** Sentences in an error. */
const STORY = 12
/** Characters of a file's name. */
const LONGEST_NAME = 80

/** @returns the lines that go under the error's message */
export function aftermathOf(lab: TestLab, { fullName, file }: FailedTest, shown: boolean): string {
  const name = fullName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, LONGEST_NAME)
  const folder = join(process.cwd(), FOLDER)
  const path = join(folder, `${name || 'test'}-seed-${lab.seed}.pcapng`)
  const parts: Uint8Array[] = []
  lab.log.writeTo(new PcapngWriter((octets) => parts.push(octets), `${fullName}, seed ${lab.seed}`))
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, Buffer.concat(parts))
  const happened = lab.log.story(STORY)
  const heading = happened.length === 0 ? 'nothing happened in the lab' : 'what happened in the lab:'
  const story = shown ? [] : [heading, ...happened]
  const pattern = fullName.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return [
    '',
    ...story,
    `seed: ${lab.seed}, ended at ${lab.now / 1e6} ms of virtual time`,
    `again: LINKPULSE_SEED=${lab.seed} npx vitest run ${shellWord(relative(process.cwd(), file))} -t ${shellWord(pattern)}`,
    `frames: ${relative(process.cwd(), path)}`,
  ].join('\n')
}
