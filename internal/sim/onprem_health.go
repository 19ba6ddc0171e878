package sim

import "fmt"

// getGateway shows whether the deployment is connected to Meta's servers: in one
// word, or node by node for a cluster.
//
// source: whatsapp/on-premises/reference/health
func getGateway(_ *Server, v *visit) (any, *onpremError) {
	d, state := v.deployment(), v.entry.gateway(v.now)
	if !d.cluster() {
		return map[string]any{"health": map[string]any{"gateway_status": state}}, nil
	}
	health := map[string]any{}
	for _, n := range d.nodes(state) {
		health[n.name] = map[string]any{"gateway_status": n.state, "role": n.role}
	}
	return map[string]any{"health": health}, nil
}

// node is one node of a cluster.
type node struct{ name, role, state string }

// nodes returns the nodes of a cluster. With one shard a single Coreapp is
// connected and everything else is not, the primary master included; with several,
// so many Coreapps are and the primary master with them. One Coreapp more stands by.
// source: whatsapp/on-premises/reference/health
func (d *Deployment) nodes(state string) []node {
	idle := state // an uninitialized or unregistered client is so everywhere
	if state == gatewayConnected || state == gatewayConnecting {
		idle = gatewayDisconnected
	}
	primary := idle
	if d.Shards > 1 {
		primary = state
	}
	nodes := []node{
		{"master-1:0a1b2c3d4e51", "primary_master", primary},
		{"master-2:0a1b2c3d4e52", "secondary_master", idle},
	}
	for i := range d.Shards + 1 {
		n := node{fmt.Sprintf("coreapp-%d:5e6f7a8b9c%02d", i+1, i+1), "coreapp", state}
		if i == d.Shards {
			n.state = idle
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// getSupport shows what Meta's support asks for. Only a part is modelled: the
// number, the version, when the client expires and how it is connected.
//
// source: whatsapp/api/support
func getSupport(_ *Server, v *visit) (any, *onpremError) {
	d, state := v.deployment(), v.entry.gateway(v.now)
	if !d.cluster() {
		return map[string]any{"support": d.support(state, "coreapp")}, nil
	}
	support := map[string]any{}
	for _, n := range d.nodes(state) {
		support[n.name] = d.support(n.state, n.role)
	}
	return map[string]any{"support": support}, nil
}

// support returns what one node shows.
func (d *Deployment) support(state, role string) map[string]any {
	m := map[string]any{
		"debug_info":       d.WAID,
		"description":      d.Version,
		"expire_timestamp": d.Expires,
		"multi_connect":    d.cluster(),
		"role":             role,
		"socket_conn":      sockets[state],
		"db_engine":        "MYSQL",
	}
	if d.State == gatewayUnregistered {
		m["debug_info"] = gatewayUnregistered
	}
	return m
}

// sockets are the values of socket_conn.
var sockets = map[string]string{
	gatewayConnected: "UP", gatewayConnecting: "SC", gatewayDisconnected: "DN",
	gatewayUninitialized: "UNK", gatewayUnregistered: "UNK",
}
