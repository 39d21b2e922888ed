// SPDX-License-Identifier: GPL-3.0-or-later
// Small configurations with the traps of each dialect.
#pragma once

inline const char* const kHaproxy = R"(global
    log /dev/log local0 # not a server
defaults
    balance leastconn
    default-server check weight 5
frontend www
    bind *:80
    use_backend "shop one" if { path_beg /a\ b }
    default_backend pool
backend pool
    option httpchk GET /healthz
    default-server inter 2s maxconn 40
    server a1 10.0.0.1:80 weight 10
    server a2 10.0.0.2:80 backup no-check
    server a3 unix:/run/a3.sock disabled maxconn 7
backend other
    balance hdr(Host) use_domain_only
    server "b 1" 10.0.0.9:80
)";

inline const char* const kNginx = R"(http {
    log_format x '$remote_addr; { "$request" }'; # ; }
    upstream app {
        hash ${remote_addr}x consistent;
        server 10.0.0.1:80 weight=3 max_conns=9;
        server unix:/run/b.sock backup; server 10.0.0.3 down;
    }
    server { listen 80; server_name a.example b.example; location / { proxy_pass http://app; } }
}
)";

inline const char* const kApache = R"(<Proxy "balancer://app">
    BalancerMember "http://10.0.0.1:80" route=one loadfactor=4 \
        retry=5
    BalancerMember http://10.0.0.2:80 status=+H hcmethod=GET hcuri=/up
    # BalancerMember http://10.0.0.3:80
    ProxySet lbmethod=bybusyness
</Proxy>
ProxyPass "/" "balancer://app/"
)";

inline const char* const kCaddy = R"({
	admin off
}
shop.example, :80 {
	reverse_proxy /api/* http://10.0.0.1:80 10.0.0.2:80 {
		lb_policy weighted_round_robin 4 1
		health_uri "/up # now"
		# lb_policy first
	}
}
)";
