/**
 * A service's cluster IP is its own by an IPAddress object of that name, made just before the
 * service is stored: two of one name cannot be, whoever makes them. What a server that was killed
 * left behind or did not come to make is put right by the controllers.
 */
package io.jkube.apiserver.admission.address;
