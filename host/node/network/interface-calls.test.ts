import { expect, it } from 'vitest'
import { IFNAMSIZ, interfaceCalls, interfaceRequest } from './interface-calls.js'

it('a request names its interface, ended by a 0, with room for what is asked behind it', () => {
  const request = interfaceRequest('eth0')
  expect([...request.subarray(0, IFNAMSIZ)]).toEqual([...new TextEncoder().encode('eth0'), ...Array(12).fill(0)])
  expect(request.length).toBe(40)
})

it.runIf(process.platform === 'linux')('calls say why they failed, those of all and those of one alike', () => {
  const { ioctl, errno, getsid } = interfaceCalls('leave it out', (library) => ({
    getsid: library.func('int getsid(int process)'),
  }))
  // SIOCGIFADDR of an invalid descriptor: EBADF (asm-generic/errno-base.h).
  expect([ioctl(-1, 0x8915, interfaceRequest('lo')), errno()]).toEqual([-1, 9])
  // ESRCH: there is no such process.
  expect([getsid(-1), errno()]).toEqual([-1, 3])
})
