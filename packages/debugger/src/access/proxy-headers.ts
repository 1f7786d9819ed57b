/**
 * What proxies, tunnels and content delivery networks add to a request. By words rather than by whole names, as each product has
 * some of its own; a browser sends none of them, nor does a command-line client that was not told to.
 */
const WORDS = [
  // X-Forwarded-For, Forwarded, X-Original-Forwarded-For, X-Proxyuser-Ip, Max-Forwards, Proxy-Connection, Via, X-BlueCoat-Via …
  /forward/,
  /proxy/,
  /(?:^|-)via$/,
  // X-Real-IP, True-Client-IP, CF-Connecting-IPv6, X-Cluster-Client-IP, X-Azure-SocketIP, Cdn-Src-Ip, X-Originating-IP, Remote-Addr …
  /(?:client|real|remote|connecting|cluster|source|src|socket|origin|originating|user|peer|host|edge|visitor)-?(?:ip(?:v\d)?|ips|addr|address|port)$/,
  // What was asked for, where the proxy asks for something else: X-Original-URL, X-Rewrite-URL, X-Host, X-Scheme …
  /^x-(?:original|rewrite|real|host|scheme|url-scheme|server-port|ssl|tls)(?:-|$)/,
  // Loops and caches: CDN-Loop, X-Varnish, Surrogate-Capability.
  /^(?:cdn-|x-varnish|x-squid|surrogate-|x-coming-from|coming-from)/,
  // Products: Cloudflare, Fly, Fastly, Envoy, AWS, CloudFront, Azure, Google, Vercel, Netlify, Akamai, Imperva, Sucuri, Tailscale, ngrok,
  // Render, DigitalOcean, Railway, Heroku, Alibaba, Traefik, HAProxy, Istio, nginx.
  /^(?:x-)?(?:cf|fly|fastly|envoy|amz|amzn|cloudfront|azure|arr|fd|appengine|vercel|nf|akamai|incap|sucuri|tailscale|ngrok|rndr|render|railway|heroku|ali|traefik|haproxy|istio|nginx)-/,
  /^(?:do-connecting|x-cloud-trace|x-request-start)/,
];

/** The first header that tells of a proxy, or undefined where none does. @param names in lower case, as Node has them */
export function proxyHeader(names: readonly string[]): string | undefined {
  return names.find((name) => WORDS.some((word) => word.test(name)));
}
