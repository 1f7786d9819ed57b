import { proxyHeader } from './proxy-headers';

describe('proxyHeader', () => {
  it.each(
    `Forwarded Forwarded-For X-Forwarded X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Port X-Forwarded-Server
    X-Forwarded-Prefix X-Forwarded-By X-Forwarded-Client-Cert X-Original-Forwarded-For X-Original-Host X-Original-URL
    X-Rewrite-URL Via X-Via X-BlueCoat-Via X-Real-IP X-Real-Port Client-IP X-Client-IP True-Client-IP X-True-Client-IP
    X-Cluster-Client-IP Fastly-Client-IP Fastly-FF Fly-Client-IP Fly-Region CF-Connecting-IP CF-Connecting-IPv6 CF-Pseudo-IPv4
    CF-Ray CF-Visitor CF-IPCountry CF-Worker CDN-Loop X-Envoy-External-Address X-Envoy-Expected-Rq-Timeout-Ms
    X-Envoy-Original-Path X-Amzn-Trace-Id X-Amz-Cf-Id CloudFront-Viewer-Address CloudFront-Forwarded-Proto X-Azure-ClientIP
    X-Azure-SocketIP X-Azure-Ref X-Azure-FDID X-ARR-LOG-ID X-ARR-SSL X-Appengine-User-IP X-Cloud-Trace-Context X-Vercel-Id
    X-Vercel-Forwarded-For X-NF-Client-Connection-IP X-Akamai-Edgescape Akamai-Origin-Hop Incap-Client-IP X-Sucuri-ClientIP
    Tailscale-User-Login X-Remote-IP X-Remote-Addr Remote-Addr X-Originating-IP X-Source-IP X-ProxyUser-Ip WL-Proxy-Client-IP
    Proxy-Connection Proxy-Client-IP Proxy-Authorization X-Nginx-Proxy X-Forwarded-Ssl Max-Forwards Surrogate-Capability
    X-Varnish X-Request-Start DO-Connecting-IP Rndr-Id X-Railway-Edge Ali-CDN-Real-IP Cdn-Src-Ip X-Scheme X-Host`.split(
      /\s+/,
    ),
  )('knows %s', (name) => {
    expect(proxyHeader(['host', name.toLowerCase(), 'accept'])).toBe(name.toLowerCase());
  });

  it('takes nothing that a browser or curl sends by itself for one', () => {
    const names = `host connection cache-control pragma dnt upgrade-insecure-requests user-agent accept accept-encoding
      accept-language cookie referer origin content-type content-length if-none-match if-modified-since range te priority
      last-event-id save-data device-memory dpr viewport-width width downlink ect rtt purpose sec-purpose sec-gpc sec-ch-ua
      sec-ch-ua-mobile sec-ch-ua-platform sec-ch-prefers-color-scheme sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user
      sec-websocket-key x-requested-with x-csrf-token x-debugger-secret x-request-id traceparent tracestate authorization expect
      transfer-encoding keep-alive idempotency-key service-worker-navigation-preload`;
    expect(proxyHeader(names.split(/\s+/))).toBeUndefined();
  });
});
