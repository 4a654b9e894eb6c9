/**
 * The controllers of CertificateSigningRequests: one approves what kubelets ask for themselves, one
 * signs what is approved for the signers of {@code kubernetes.io}, one removes what is done with.
 * All write as {@code certificate-controller}, as upstream's; requests to other signers are left to
 * those.
 */
package io.jkube.controller.certificate;
