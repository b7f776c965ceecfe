namespace Grpc.Core;

/// <summary>Decides whether a server's certificate is accepted, after the usual checks.</summary>
/// <param name="context">The server and its certificate.</param>
/// <returns>True to go on.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

/// <summary>TLS on the client's side.</summary>
/// <param name="rootCertificates">Trusted roots as PEM; null for those of the platform.</param>
/// <param name="keyCertificatePair">The client's own certificate; null for none.</param>
/// <param name="verifyPeerCallback">An additional check of the server's certificate; null for none.</param>
public sealed class SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    : ChannelCredentials
{
    /// <summary>TLS with the platform's roots and no client certificate.</summary>
    public SslCredentials()
        : this(null, null, null)
    {
    }

    /// <summary>TLS with given roots and no client certificate.</summary>
    /// <param name="rootCertificates">Trusted roots as PEM.</param>
    public SslCredentials(string? rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    /// <summary>TLS with given roots and a client certificate.</summary>
    /// <param name="rootCertificates">Trusted roots as PEM; null for those of the platform.</param>
    /// <param name="keyCertificatePair">The client's own certificate.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>Trusted roots as PEM; null for those of the platform.</summary>
    public string? RootCertificates { get; } = rootCertificates;

    /// <summary>The client's own certificate; null for none.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; } = keyCertificatePair;

    internal override bool IsComposable => true;

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, verifyPeerCallback);
}

/// <summary>A certificate chain with its private key.</summary>
/// <param name="certificateChain">The chain as PEM.</param>
/// <param name="privateKey">The key as PEM.</param>
public sealed class KeyCertificatePair(string certificateChain, string privateKey)
{
    /// <summary>The chain as PEM.</summary>
    public string CertificateChain { get; } = certificateChain ?? throw new ArgumentNullException(nameof(certificateChain));

    /// <summary>The key as PEM.</summary>
    public string PrivateKey { get; } = privateKey ?? throw new ArgumentNullException(nameof(privateKey));
}

/// <summary>A server and its certificate.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>The name of the server.</summary>
    public string TargetName { get; }

    /// <summary>The server's certificate as PEM.</summary>
    public string PeerPem { get; }
}
