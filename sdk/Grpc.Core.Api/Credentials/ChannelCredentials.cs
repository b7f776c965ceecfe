namespace Grpc.Core;

/// <summary>How a channel protects its connection, and what it adds to every call.</summary>
public abstract class ChannelCredentials
{
    /// <summary>No protection.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS with the platform's root certificates.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    internal virtual bool IsComposable => false;

    /// <summary>A protected connection on which every call carries credentials.</summary>
    /// <param name="channelCredentials">The protection; must be secure.</param>
    /// <param name="callCredentials">The credentials of every call.</param>
    /// <exception cref="ArgumentException">The connection would carry the credentials unprotected.</exception>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>Shows these credentials to the transport.</summary>
    /// <param name="configurator">The transport's side.</param>
    /// <param name="state">The transport's own.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state);

    private sealed class InsecureCredentials : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
            configurator.SetInsecureCredentials(state);
    }

    private sealed class CompositeChannelCredentials : ChannelCredentials
    {
        private readonly ChannelCredentials _channel;
        private readonly CallCredentials _call;

        public CompositeChannelCredentials(ChannelCredentials channel, CallCredentials call)
        {
            ArgumentNullException.ThrowIfNull(channel);
            ArgumentNullException.ThrowIfNull(call);
            if (!channel.IsComposable)
            {
                throw new ArgumentException(
                    $"Call credentials cannot be composed with {channel.GetType().Name}; only secure channel credentials carry them.",
                    nameof(channel));
            }

            _channel = channel;
            _call = call;
        }

        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
            configurator.SetCompositeCredentials(state, _channel, _call);
    }
}

/// <summary>The transport's side of <see cref="ChannelCredentials"/>.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>The channel is not protected.</summary>
    /// <param name="state">The transport's own.</param>
    public abstract void SetInsecureCredentials(object state);

    /// <summary>The channel uses TLS.</summary>
    /// <param name="state">The transport's own.</param>
    /// <param name="rootCertificates">Trusted roots as PEM; null for those of the platform.</param>
    /// <param name="keyCertificatePair">The client's own certificate, if any.</param>
    /// <param name="verifyPeerCallback">An additional check of the server's certificate, if any.</param>
    public abstract void SetSslCredentials(
        object state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback);

    /// <summary>The channel is protected and adds credentials to every call.</summary>
    /// <param name="state">The transport's own.</param>
    /// <param name="channelCredentials">The protection.</param>
    /// <param name="callCredentials">The credentials of every call.</param>
    public abstract void SetCompositeCredentials(object state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
