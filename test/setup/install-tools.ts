/** `make tools`: installs the missing programs with apt-get where that is possible, and otherwise says exactly which. */
import { spawnSync } from 'node:child_process'
import { installCommand, locate, missingTools } from './tools.js'

function run(command: string, args: readonly string[]): boolean {
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return status === 0
}

const missing = missingTools()
if (missing.length > 0) {
  const packages = [...new Set(missing.map((tool) => tool.debianPackage))].sort()
  const isRoot = process.getuid?.() === 0
  if (isRoot && locate('apt-get') !== undefined) {
    console.log(`installing ${packages.join(' ')} …`)
    // A new machine has no package lists: fetch them only when the first try fails, which is the slower half.
    if (!run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages])) {
      run('apt-get', ['update', '-q'])
      run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages])
    }
  }
  const still = missingTools()
  if (still.length > 0) {
    console.error('The tests need programs that this machine does not have:')
    for (const tool of still) console.error(`  ${tool.command} (package ${tool.debianPackage}): ${tool.purpose}`)
    console.error(`Install them, then run the tests again. On Debian or Ubuntu:\n  sudo ${installCommand(still)}`)
    process.exit(1)
  }
}
