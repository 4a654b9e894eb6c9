/**
 * Where services have their addresses of: {@link io.jkube.controller.service.ServiceCidrController}
 * makes ranges ready and keeps them while addresses of them are in use, {@link
 * io.jkube.controller.service.AddressRepair} keeps IPAddress objects as the services are.
 */
package io.jkube.controller.service;
