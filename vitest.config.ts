import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/setup/closing-line.js'

/** Folders of test/ that need no more than the simulated world. */
const SIMULATED = ['check', 'chip', 'conformance', 'diagnosis', 'drill', 'ethernet', 'resets', 'session']

export default defineConfig({
  test: {
    globalSetup: ['test/setup/global.ts'],
    reporters: ['default', new ClosingLine()],
    // What is right on a machine that is busy waits for events; these only end what hangs.
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    pool: 'forks',
    projects: [
      // What touches nothing that outlives it: one process runs many files, and loads each module once.
      {
        extends: true,
        test: {
          name: 'simulated',
          include: ['{firmware,boards,host}/**/*.test.ts', `test/{${SIMULATED.join()}}/**/*.test.ts`],
          isolate: false,
          // It is busy all the time, and each process loads all the modules once more.
          maxWorkers: availableParallelism() + 1,
          sequence: { groupOrder: 1 },
        },
      },
      // What starts programs, opens ports or makes namespaces: a process of its own for each file.
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          exclude: [`test/{${SIMULATED.join()}}/**`],
          // Who waits for a program or for the kernel leaves its core to somebody else. (As a percentage it would be cut off at 100.) More of
          // them gain nothing: an emulated board that is served costs as much processor time as its test lasts.
          maxWorkers: 2 * availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
    ],
  },
})
