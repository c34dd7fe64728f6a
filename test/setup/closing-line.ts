/** A vitest reporter that ends the run with one line for machines: `N passed, N failed`, and `, N skipped` where there are any. */
import type { Reporter, TestModule } from 'vitest/node'

export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0
    let skipped = 0
    // What fails outside any test (a file that does not load, an error nobody caught) is a failure too.
    let failed = unhandledErrors.length
    for (const module of modules) {
      let failedInModule = 0
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed++
        else if (state === 'failed') failedInModule++
        else skipped++
      }
      if (failedInModule === 0 && module.state() === 'failed') failedInModule = 1
      failed += failedInModule
    }
    const tail = skipped > 0 ? `, ${skipped} skipped` : ''
    // After the other reporters' summary, which they print when they get this same call.
    process.on('exit', () => console.log(`${passed} passed, ${failed} failed${tail}`))
  }
}
