/** What a person does about conductors, boxes on the way and partners: the cheapest look first. */
const TESTER = 'Take another cable first. A cable tester shows which pins'

export const NETWORK_REMEDIES = {
  'tx-pair-reversed.remedy': `${TESTER} are exchanged: 1 with 2. Crimp that plug again, or take a partner that corrects polarity.`,
  'cable-wire-open.remedy': `${TESTER} lead nowhere: 1, 2, 3 and 6 must lead through. Press the plug’s contacts down or crimp it again.`,
  'cable-wires-swapped.remedy': `${TESTER} are exchanged. Compare the colours in both plugs, and crimp the odd one again.`,
  'rx-noise.remedy':
    'Take another, shorter cable, and lay it away from mains, motors and switched supplies. If it stays, take another port of the partner: its sender may be weak.',
  'tx-noise.remedy':
    'Take another, shorter cable, and lay it away from mains, motors and switched supplies. If it stays, look at the module’s jack and its 49.9 Ω resistors at TPOUT.',
  'rx-pair-weak.remedy':
    'Take another cable and another port of the partner, and clean the jack’s contacts. If it stays, measure from pins 3 and 6 of the jack through the magnetics to TPIN+ and TPIN−: a few ohms.',
  'tx-pair-weak.remedy':
    'Take another cable and another port of the partner, and clean the jack’s contacts. If it stays, measure from pins 1 and 2 of the jack through the magnetics to TPOUT+ and TPOUT−: a few ohms.',
  'rx-pair-loose.remedy':
    'Wiggle the plug at both ends while a check repeats. Take another cable; then look for bent contacts 3 and 6 in the jack, and for cold solder joints behind it.',
  'tx-pair-loose.remedy':
    'Wiggle the plug at both ends while a check repeats. Take another cable; then look for bent contacts 1 and 2 in the jack, and for cold solder joints behind it.',
  'cable-bursts.remedy':
    'Switch off dimmers, motors and welders nearby and see whether it ends. Lay the cable a hand away from mains, or take a screened one.',
  'box-drops.remedy':
    'Plug the board straight into the partner, without the box on the way. If it works then, exchange the switch, its supply or its port.',
  'box-mangles.remedy':
    'Plug the board straight into the partner, without the box on the way. If it works then, exchange the box: its memory is bad, and no FCS shows it.',
  'box-duplicates.remedy':
    'Plug the board straight into the partner, without the box on the way. Look for a second way round (two cables between two switches, a wireless bridge), and for port mirroring.',
  'box-delays.remedy':
    'Plug the board straight into the partner, without the box on the way. See what else crosses it (a slow link, a tunnel, a rate limit), and its queue.',
  'box-reorders.remedy':
    'Plug the board straight into the partner, without the box on the way. Look for two links that share the load by frame and not by flow.',
  'box-drops-large.remedy':
    'Plug the board straight into the partner, without the box on the way. Then set its MTU to 1500: a tunnel or VLAN may take some octets of it.',
  'partner-slow.remedy':
    'See what the partner is doing (its processor, its swap), and ping it from another computer. Another partner, or the same one without its load, answers at once.',
  'partner-no-ping.remedy':
    'Ping the partner from another computer. Let its firewall answer echo requests (on Windows: “File and Printer Sharing (Echo Request)”; on Linux: iptables -L, net.ipv4.icmp_echo_ignore_all).',
  'partner-no-arp.remedy':
    'See that the partner’s interface has an address (ip addr) and answers ARP (arp_ignore, arptables, NOARP), and that the address asked for is its own.',
  'partner-deaf.remedy':
    'Look at the link lamp of the partner’s jack: dark, while the board’s is lit. Take another cable, then another port of the partner: its receiver is dead.',
  'partner-restarts.remedy':
    'Watch the partner’s lamps and its log: it restarts. Look at its supply first, then at its port’s settings (power saving, loop protection).',
  'partner-bad-fcs.remedy':
    'Take another cable; if the errors stay, take another port or card of the partner: its sender damages frames. A driver that is told to leave FCS out does so as well.',
  'partner-giants.remedy':
    'Set the MTU of the partner’s interface to 1500 and switch jumbo frames off; see that no VLAN tags are added at this port.',
  'broadcast-storm.remedy':
    'Pull cables one by one and see when it ends: two switches joined twice make a storm. Then look with Wireshark for who sends; or put the board behind a router.',
  'network-flooded.remedy':
    'See whether port mirroring is on at this port of the switch, and whether its address table is full or its ageing off. A station that never sends is flooded to everybody: let it ping now and then.',
  'partner-same-mac.remedy':
    'Give the board a station address of its own: two boards that were flashed alike have the same. In a board file it is network.station; keep the second digit 2, 6, A or E.',
  'partner-same-address.remedy':
    'Give board and partner different IP addresses (--address, network.address in the board file), or let a DHCP server give them.',
  'partner-other-network.remedy':
    'Give board and partner addresses of one network (the same prefix), or name the partner that is there: --peer ADDRESS, --address ADDRESS/PREFIX.',
  'address-taken.remedy':
    'Ping the board’s address with the board unplugged: who answers has it too (arp -n shows the station address). Give one of the two another address.',
  'mac-taken.remedy':
    'Unplug the board and see whether its station address is still heard (arp -n, the switch’s address table). Two boards that were flashed alike have the same: give one of them another.',
} as const
