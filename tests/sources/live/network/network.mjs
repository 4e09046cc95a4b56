// A directory of identities and a host of repositories on loopback, until standard input ends.
import { TestNetworkNoAppView } from '@atproto/dev-env'

const network = await TestNetworkNoAppView.create({ pds: { hostname: 'localhost' } })
process.stdout.write(JSON.stringify({ host: network.pds.url }) + '\n')
process.stdin
  .on('end', async () => {
    await network.close()
    process.exit(0)
  })
  .resume()
