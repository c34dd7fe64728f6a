/** What `linkpulse init` writes: a test, a scenario and a CI file for somebody's firmware. */

/** By the path in the folder. */
export function templates(firmware: string, version: string): ReadonlyMap<string, string> {
  return new Map([
    [
      'package.json',
      `${JSON.stringify(
        {
          name: 'firmware-tests',
          private: true,
          type: 'module',
          scripts: {
            test: 'vitest run',
            scenario: `linkpulse run ${firmware} --scenario scenario.yaml --report scenario.xml`,
          },
          devDependencies: { linkpulse: version, vitest: '^4.0.0' },
        },
        null,
        2,
      )}\n`,
    ],
    [
      'scenario.yaml',
      `# npx linkpulse run ${firmware} --scenario scenario.yaml
name: it comes up and answers
version: 1
steps:
  # What your sketch prints when it is up; a prompt without a line end will do as well.
  - wait-serial: "IP: "
  - expect-link: up
  # The address that your sketch has. The host at the other end of the cable is 192.168.7.1.
  - ping: 192.168.7.2
  # Pull the cable for a second, and see whether it comes back.
  - unplug:
  - delay: 1s
  - plug:
  - expect-link: up
  - ping: 192.168.7.2
`,
    ],
    [
      'sketch.test.js',
      `// npx vitest run
import { expect, icmp, test } from 'linkpulse/vitest'

test('it comes up, answers a ping, and treats its chip as the data sheet wants', async ({ lab }) => {
  // On an Uno, with the ENC28J60's CS on pin 10 and a host at 192.168.7.1 on its cable.
  const { sketch, peer } = lab.addBench('${firmware}', { board: 'uno', cs: 10 })
  const [, address] = await sketch.serial.line(/IP: ([0-9.]+)/)
  await lab.run({ until: () => sketch.linkUp && peer.network.linkUp })
  peer.network.ping(address, {}, () => {})
  await lab.frame(icmp.echoReply({ source: address }), { on: sketch })
  expect(sketch).not.toHaveFinding()
})
`,
    ],
    ['.gitignore', ['node_modules/', 'scenario.xml', 'scenario.pcapng', 'linkpulse-failures/', ''].join('\n')],
    [
      '.github/workflows/firmware.yml',
      `# Tests the firmware on an emulated board: no hardware, no account, no cloud but the runner itself.
name: firmware
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      # Build ${firmware} here, or check it in.
      - run: npm install
      - run: npx linkpulse run ${firmware} --scenario scenario.yaml --report scenario.xml --capture scenario.pcapng
      - run: npx vitest run
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: what-happened
          path: |
            scenario.xml
            scenario.pcapng
            linkpulse-failures
`,
    ],
  ])
}
