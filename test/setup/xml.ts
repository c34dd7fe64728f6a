/** A parser of XML 1.0 that someone else wrote, as a judge: expat, as Python has it. */
import { spawnSync } from 'node:child_process'

const PROGRAM =
  'import sys, xml.parsers.expat as e\ntry: e.ParserCreate().Parse(sys.stdin.buffer.read(), True)\nexcept e.ExpatError as x: print(x)'

/** Why a document is not well-formed, as expat says it; empty when it is. */
export function xmlFault(document: string): string {
  const { status, stdout, stderr, error } = spawnSync('/usr/bin/python3', ['-c', PROGRAM], {
    input: document,
    encoding: 'utf8',
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}
