import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/setup/closing-line.js'
import { ByProject } from './test/setup/sequence.js'

/**
 * What needs no more than the simulated world and programs that it waits for: it leaves nothing in its process that another file could see. A file
 * of test/ that is not here has a process of its own.
 */
const SIMULATED = [
  '{firmware,boards,host}/**/*',
  'test/{bridge,captures,check,chip,conformance,diagnosis,drill,ethernet,figures,resets,schema,session,support,vectors}/**/*',
  'test/avr/{agreement,bridge-session,hostile,link-faults,ownership,parts,scenario,session,sketch-lab,wires-one-by-one}',
  'test/cli/{against,boards,compare,drill,messages,physical,scope,usage}',
  'test/docs/{class-plan,commands,paths,readme,screenshots,security,worksheets}',
  'test/judge/{spread,unlisted/*}',
  'test/net/{article,downloads,drill-capture,fuzz,services,throughput,transfers,tshark}',
  'test/{address-families,duration-units,import-circles,inexact-math,plain-words,single-slots,unique-names,watchers}',
].map((path) => `${path}.test.ts`)

export default defineConfig({
  test: {
    globalSetup: ['test/setup/global.ts'],
    reporters: ['default', new ClosingLine()],
    // What is right on a machine that is busy waits for events; these only end what hangs.
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    pool: 'forks',
    // Memory that is given back to the kernel costs a page fault for each page when it is asked for again: glibc keeps what a process had.
    // Others' programs have it from the tests that start them.
    env: {
      MALLOC_TRIM_THRESHOLD_: `${256 << 20}`,
      MALLOC_MMAP_THRESHOLD_: `${64 << 20}`,
      MALLOC_TOP_PAD_: `${16 << 20}`,
    },
    // Who waits for a program or for the kernel leaves its core to somebody else. (As a percentage it would be cut off at 100.) More of
    // them gain nothing: an emulated board that is served costs as much processor time as its test lasts.
    maxWorkers: 2 * availableParallelism(),
    sequence: { sequencer: ByProject },
    // In the order in which they begin.
    projects: [
      // What looks at pages in a browser: one process runs many files with one Chromium, and loads each module once.
      {
        extends: true,
        test: { name: 'browser', include: ['test/browser/**/*.test.ts'], isolate: false },
      },
      // What starts programs, opens ports or makes namespaces: a process of its own for each file.
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', ...SIMULATED],
        },
      },
      // What touches nothing that outlives it: one process runs many files.
      {
        extends: true,
        test: {
          name: 'simulated',
          include: SIMULATED,
          isolate: false,
        },
      },
    ],
  },
})
