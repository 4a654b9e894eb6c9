package io.jkube.apiserver.admission;

import java.util.List;

/**
 * All plugins in upstream's order; the first refusal is the answer. A write passes {@link #admit}
 * before its object is validated and {@link #validate} after.
 *
 * @param plugins built in: asked again where something configured changed the object after them
 * @param configured what people configure to change objects
 * @param validators that change nothing
 * @param charge asked last, of what all others let pass
 */
public record AdmissionChain(
    List<AdmissionPlugin> plugins,
    List<Mutator> configured,
    List<AdmissionPlugin> validators,
    Charge charge) {
  public static final AdmissionChain NONE =
      new AdmissionChain(List.of(), List.of(), List.of(), Charge.NOTHING);

  public AdmissionChain {
    plugins = List.copyOf(plugins);
    configured = List.copyOf(configured);
    validators = List.copyOf(validators);
  }

  /**
   * Lets every plugin change the object or refuse it.
   *
   * @throws io.jkube.api.ApiException to refuse it
   */
  public void admit(AdmissionRequest request) {
    askPlugins(request);
    if (Exempt.is(request)) {
      return;
    }
    var passes = configured.stream().map(mutator -> mutator.begin(request)).toList();
    boolean changed = false;
    for (var pass : passes) {
      changed |= pass.run(0);
    }
    if (changed) {
      request.rework().admit();
      askPlugins(request);
      passes.forEach(pass -> pass.run(1));
    }
  }

  private void askPlugins(AdmissionRequest request) {
    for (var plugin : plugins) {
      plugin.admit(request);
    }
  }

  /**
   * Asks who looks at the object as it will be stored.
   *
   * @return what the write was given, to keep once it took place
   * @throws io.jkube.api.ApiException to refuse it
   */
  public Reservation validate(AdmissionRequest request) {
    for (var validator : validators) {
      validator.admit(request);
    }
    return charge.charge(request);
  }
}
