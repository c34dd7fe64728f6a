import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{firmware,boards,host,test}/**/*.test.ts'],
    globalSetup: ['test/setup/tools.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
})
